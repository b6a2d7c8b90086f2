package io.imageaudit.benchmark.worker;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.random.RandomGenerator;

/** Pictures that come at random times, whether the ones before them are answered or not. */
final class PoissonArrivals {

  private static final Duration WARM_UP = Duration.ofSeconds(1);

  private final RandomGenerator random = new Random(5);
  private final int perSecond;
  private final Duration measured;
  private final Duration patience;

  /**
   * Plans arrivals.
   *
   * @param perSecond how many, on average
   * @param measured how long
   * @param patience how long each waits for its answer
   */
  PoissonArrivals(int perSecond, Duration measured, Duration patience) {
    this.perSecond = perSecond;
    this.measured = measured;
    this.patience = patience;
  }

  /** Asks for each picture; counts the answers that came after a moment of warming up. */
  Outcome at(Asked asked) {
    List<Double> millis = Collections.synchronizedList(new ArrayList<>());
    AtomicInteger answered = new AtomicInteger();
    long start = System.nanoTime();
    long from = start + WARM_UP.toNanos();
    long to = from + measured.toNanos();
    try (ExecutorService pictures = Executors.newVirtualThreadPerTaskExecutor()) {
      double next = start;
      while (next < to) {
        next -= Math.log(1 - random.nextDouble()) / perSecond * 1e9;
        long arrival = (long) next;
        for (long left = arrival - System.nanoTime();
            left > 0;
            left = arrival - System.nanoTime()) {
          LockSupport.parkNanos(left);
        }
        pictures.execute(() -> {
          boolean inTime = asked.ask(Instant.now().plus(patience));
          long end = System.nanoTime();
          if (inTime && end >= from && end < to) {
            answered.incrementAndGet();
            millis.add((end - arrival) / 1e6);
          }
        });
      }
    }
    return new Outcome(answered.get() / (measured.toMillis() / 1e3), List.copyOf(millis));
  }

  /** Who is asked about a picture. */
  interface Asked {

    /** Waits for the answer; false when there was none before the deadline. */
    boolean ask(Instant deadline);
  }

  /**
   * What came of it.
   *
   * @param perSecond pictures answered
   * @param millis time from arrival to answer of each
   */
  record Outcome(double perSecond, List<Double> millis) {

    double mean() {
      return millis.stream().mapToDouble(Double::doubleValue).average().orElse(Double.NaN);
    }

    double percentile(double share) {
      List<Double> sorted = millis.stream().sorted().toList();
      return sorted.isEmpty() ? Double.NaN : sorted.get((int) (share * (sorted.size() - 1)));
    }
  }
}
