package io.imageaudit.worker.batch;

import java.time.Duration;

/**
 * When a batch goes, given that it may: when it is full, when its oldest item has waited
 *
 * <pre>  linger * inFlight / limit</pre>
 *
 * or when its most urgent item could not wait any longer and still be answered in time. An idle
 * server is asked at once; the busier it is, the more it pays to let a batch fill, and no item
 * waits longer than the linger. Without the limit on batches under way this would be a timer, which
 * sends the more small batches the slower the server gets. Pure.
 */
final class SendRule {

  private final Duration linger;
  private final Duration margin;

  /**
   * Makes the rule.
   *
   * @param linger longest wait for others
   * @param margin time that is kept between the expected answer and a deadline
   */
  SendRule(Duration linger, Duration margin) {
    this.linger = linger;
    this.margin = margin;
  }

  /**
   * How long to wait before sending; zero for now.
   *
   * @param waiting items that wait, at least one
   * @param max items that a batch may have
   * @param oldestWaited how long the oldest item has waited
   * @param untilDeadline time to the nearest deadline
   * @param expected how long the batch will take
   * @param inFlight batches under way
   * @param limit batches that may be under way
   */
  Duration waitFor(
      int waiting,
      int max,
      Duration oldestWaited,
      Duration untilDeadline,
      Duration expected,
      int inFlight,
      int limit) {
    if (waiting >= max || inFlight == 0) {
      return Duration.ZERO;
    }
    Duration patience = linger.multipliedBy(inFlight).dividedBy(limit).minus(oldestWaited);
    Duration slack = untilDeadline.minus(expected).minus(margin);
    Duration wait = patience.compareTo(slack) <= 0 ? patience : slack;
    return wait.isNegative() ? Duration.ZERO : wait;
  }
}
