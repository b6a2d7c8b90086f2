package io.imageaudit.benchmark.worker;

import java.time.Duration;
import java.time.Instant;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.random.RandomGenerator;

/**
 * A model server as somebody measured one: a batch of 1 takes 45 ms, of 8 68 ms, of 16 82 ms, with
 * a jitter of 8 % (log-normal); eight executors work at the same time, first come first served.
 */
final class SimulatedServer {

  static final int EXECUTORS = 8;
  static final int LARGEST = 16;

  private static final double JITTER = 0.08;
  private static final double[][] CURVE = {{1, 45}, {8, 68}, {16, 82}};

  private final Semaphore executors = new Semaphore(EXECUTORS, true);
  private final RandomGenerator random = new Random(11);

  /**
   * Waits as long as the server would take for a batch of this size; false when its turn does not
   * come before the deadline.
   */
  boolean infer(int size, Instant deadline) {
    if (!hasTurn(deadline)) {
      return false;
    }
    try {
      long end = System.nanoTime() + (long) (millis(size) * jitter() * 1e6);
      for (long left = end - System.nanoTime(); left > 0; left = end - System.nanoTime()) {
        LockSupport.parkNanos(left);
      }
      return true;
    } finally {
      executors.release();
    }
  }

  /** Pictures per second when every executor always has a full batch. */
  static double measuredCapacity(Duration measured) {
    SimulatedServer server = new SimulatedServer();
    Instant end = Instant.now().plus(measured);
    AtomicInteger answered = new AtomicInteger();
    try (ExecutorService callers = Executors.newVirtualThreadPerTaskExecutor()) {
      for (int caller = 0; caller < EXECUTORS; caller++) {
        callers.execute(() -> {
          while (server.infer(LARGEST, end) && Instant.now().isBefore(end)) {
            answered.addAndGet(LARGEST);
          }
        });
      }
    }
    return answered.get() / (measured.toMillis() / 1e3);
  }

  /** Time for a batch of this size without jitter, on straight lines between the points. */
  static double millis(int size) {
    double[] from = CURVE[0];
    for (double[] to : CURVE) {
      if (size <= to[0]) {
        double part = to[0] == from[0] ? 0 : (size - from[0]) / (to[0] - from[0]);
        return from[1] + part * (to[1] - from[1]);
      }
      from = to;
    }
    throw new IllegalArgumentException("size: " + size + " (expected: 1.." + LARGEST + ")");
  }

  private boolean hasTurn(Instant deadline) {
    try {
      return executors.tryAcquire(
          Duration.between(Instant.now(), deadline).toNanos(), TimeUnit.NANOSECONDS);
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  private synchronized double jitter() {
    return Math.exp(random.nextGaussian() * JITTER - JITTER * JITTER / 2);
  }
}
