package io.imageaudit.worker.batch;

import java.time.Duration;

/**
 * How long a batch of a size takes: {@code slope * size + fixed}, by least squares in which each
 * older observation counts a little less than the next (weight {@value #DECAY} to the power of its
 * age).
 */
final class LatencyModel {

  private static final double DECAY = 0.98;

  private double weight;
  private double sumX;
  private double sumY;
  private double sumXx;
  private double sumXy;

  /** Learns from one batch. */
  synchronized void observe(int size, Duration took) {
    double x = size;
    double y = took.toNanos();
    weight = weight * DECAY + 1;
    sumX = sumX * DECAY + x;
    sumY = sumY * DECAY + y;
    sumXx = sumXx * DECAY + x * x;
    sumXy = sumXy * DECAY + x * y;
  }

  /** What a batch of this size will take; zero while nothing is known. */
  synchronized Duration expected(int size) {
    return Duration.ofNanos((long) Math.max(0, fixed() + slope() * size));
  }

  /** The largest size up to {@code max} that is expected to be answered within {@code budget}. */
  int largestWithin(Duration budget, int max) {
    int size = max;
    while (size > 1 && expected(size).compareTo(budget) > 0) {
      size--;
    }
    return size;
  }

  /** Nanoseconds per item; never negative, since no server gets faster by more work. */
  private double slope() {
    double spread = weight * sumXx - sumX * sumX;
    // With one size only there is no slope to see: all of the time counts as fixed.
    return spread < 1e-9 * weight * weight
        ? 0
        : Math.max(0, (weight * sumXy - sumX * sumY) / spread);
  }

  private double fixed() {
    return weight == 0 ? 0 : Math.max(0, (sumY - slope() * sumX) / weight);
  }
}
