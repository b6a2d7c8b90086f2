package io.imageaudit.worker.batch;

import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;

/**
 * How many batches may be under way: as many as the server works on at the same time. Fewer would
 * leave it idle, more would only wait at its door.
 *
 * <p>The queue at the server's door is estimated as TCP Vegas does it, from how much longer an
 * answer took than one would have taken without a queue:
 *
 * <pre>  queue = limit * (1 - floor(size) / took)</pre>
 *
 * The floor is the shortest time seen for a batch of about that size (sizes are told apart by
 * powers of two), because a larger batch takes longer without any queue: the raw time would read
 * every full batch as congestion. While the queue is short the limit grows by one per round of
 * answers, while it is long it shrinks by one, and a server that says it is overloaded loses three
 * tenths at once. The limit grows only while it is what holds batches back, and most of them are
 * full: as long as they are not, more of them would only be smaller ones.
 */
final class FlightLimit {

  private static final double SHORT_QUEUE = 0.2;
  private static final double LONG_QUEUE = 0.35;
  private static final double OVERLOAD_FACTOR = 0.7;

  /** The floor rises slowly, so that a server that became slower is not blamed for ever. */
  private static final double FLOOR_RISE = 1.0005;

  private final int most;
  private final boolean adapt;
  private final Map<Integer, Double> floors = new TreeMap<>();
  private int limit;
  private int answers;
  private int full;
  private double shares;

  FlightLimit(int start, int most, boolean adapt) {
    this.limit = start;
    this.most = most;
    this.adapt = adapt;
  }

  synchronized int limit() {
    return limit;
  }

  /**
   * Learns from an answer.
   *
   * @param isFull whether the batch had as many items as it may have
   * @param inFlight batches that were under way, this one included
   */
  synchronized void answered(int size, boolean isFull, Duration took, int inFlight) {
    if (!adapt) {
      return;
    }
    double nanos = Math.max(1, took.toNanos());
    int kind = 32 - Integer.numberOfLeadingZeros(size);
    double floor = floors.merge(kind, nanos, (known, now) -> Math.min(known * FLOOR_RISE, now));
    shares += 1 - floor / nanos;
    answers++;
    full += isFull ? 1 : 0;
    if (answers >= limit) { // One round: each permit was used about once.
      step(shares / answers, inFlight);
    }
  }

  /** Learns that the server has too much to do. */
  synchronized void overloaded() {
    if (adapt) {
      limit = Math.max(1, (int) (limit * OVERLOAD_FACTOR));
      forget();
    }
  }

  private void step(double share, int inFlight) {
    if (share < SHORT_QUEUE && inFlight >= limit && full * 2 > answers) {
      limit = Math.min(most, limit + 1);
    } else if (share > LONG_QUEUE) {
      limit = Math.max(1, limit - 1);
    }
    forget();
  }

  private void forget() {
    answers = 0;
    full = 0;
    shares = 0;
  }
}
