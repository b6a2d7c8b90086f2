package io.imageaudit.notification.delivery;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How much an endpoint is given, and why.
 *
 * <p>The number of attempts in flight grows by one for each round of successes and shrinks by three
 * tenths for each round with a failure. A breaker opens when most calls of a window failed, or
 * after some timeouts in a row; when its time is over a single probe decides whether it closes, or
 * stays open for twice as long.
 *
 * @param limit attempts in flight, at least 1
 * @param windowStart when the calls were begun to be counted
 * @param calls in the window
 * @param failures in the window
 * @param timeouts in a row
 * @param opens how often the breaker opened since the last success; 0 when it is closed
 * @param blockedUntil nothing is sent before
 * @param failingSince first failure since the last success
 * @param lastFailure last failure since the last success
 */
record LaneFlow(
    double limit,
    Instant windowStart,
    int calls,
    int failures,
    int timeouts,
    int opens,
    Instant blockedUntil,
    @Nullable Instant failingSince,
    @Nullable Instant lastFailure) {

  private static final double LEAST_LIMIT = 1;
  private static final double SHRINK = 0.7;
  private static final int MOST_DOUBLINGS = 30;

  /** What an endpoint starts with: a small limit, so that one that hangs holds little. */
  static LaneFlow fresh() {
    return new LaneFlow(2, Instant.EPOCH, 0, 0, 0, 0, Instant.EPOCH, null, null);
  }

  /** The flow after these signals, which came in this order. */
  LaneFlow after(List<Signal> signals, Instant now, FlowSettings settings) {
    LaneFlow flow = inWindow(now, settings.window());
    boolean failed = false;
    for (Signal signal : signals) {
      switch (signal) {
        case SUCCESS -> flow = flow.succeeded(settings.mostInFlight());
        case FAILURE -> flow = flow.failed(now, 0);
        case TIMEOUT -> flow = flow.failed(now, flow.timeouts + 1);
        case NONE -> {}
      }
      failed |= signal == Signal.FAILURE || signal == Signal.TIMEOUT;
    }
    return failed ? flow.shrunk().judged(now, settings) : flow;
  }

  /**
   * Whether it is time to give the endpoint up: it has not succeeded for long, and its failures lie
   * so far apart that they are not one outage.
   */
  boolean isHopeless(Instant now, FlowSettings settings) {
    return failingSince != null
        && lastFailure != null
        && Duration.between(failingSince, now).compareTo(settings.disableAfter()) >= 0
        && Duration.between(failingSince, lastFailure).compareTo(settings.leastSpan()) >= 0;
  }

  private LaneFlow inWindow(Instant now, Duration window) {
    return windowStart.plus(window).isAfter(now)
        ? this
        : new LaneFlow(limit, now, 0, 0, timeouts, opens, blockedUntil, failingSince, lastFailure);
  }

  private LaneFlow succeeded(int mostInFlight) {
    double grown = Math.min(mostInFlight, limit + 1 / limit);
    return opens > 0
        ? new LaneFlow(grown, windowStart, 1, 0, 0, 0, Instant.EPOCH, null, null)
        : new LaneFlow(grown, windowStart, calls + 1, failures, 0, 0, blockedUntil, null, null);
  }

  private LaneFlow failed(Instant now, int timeoutsInRow) {
    return new LaneFlow(
        limit,
        windowStart,
        calls + 1,
        failures + 1,
        timeoutsInRow,
        opens,
        blockedUntil,
        failingSince == null ? now : failingSince,
        now);
  }

  private LaneFlow shrunk() {
    double less = Math.max(LEAST_LIMIT, limit * SHRINK);
    return new LaneFlow(
        less,
        windowStart,
        calls,
        failures,
        timeouts,
        opens,
        blockedUntil,
        failingSince,
        lastFailure);
  }

  /** Opens the breaker if there is reason to. Late answers to calls before it opened are none. */
  private LaneFlow judged(Instant now, FlowSettings settings) {
    if (now.isBefore(blockedUntil)) {
      return this;
    }
    boolean probeFailed = opens > 0;
    boolean mostFailed =
        calls >= settings.leastCalls() && failures >= settings.failureShare() * calls;
    if (!probeFailed && !mostFailed && timeouts < settings.mostTimeouts()) {
      return this;
    }
    Duration block = settings.firstBlock().multipliedBy(1L << Math.min(opens, MOST_DOUBLINGS));
    Duration bounded =
        block.compareTo(settings.longestBlock()) > 0 ? settings.longestBlock() : block;
    return new LaneFlow(
        limit, now, 0, 0, 0, opens + 1, now.plus(bounded), failingSince, lastFailure);
  }
}
