package io.imageaudit.gateway.overload;

import io.imageaudit.gateway.problem.ProblemCode;
import io.imageaudit.gateway.problem.ProblemException;
import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/**
 * Bounds the memory that large JSON bodies take: base64 in a JSON text has to be held as a whole,
 * and while it is read about four times over. Small bodies pass freely.
 */
public final class BodyMemory {

  private static final Duration PAUSE = Duration.ofSeconds(2);
  private static final long FREE = 256 << 10;
  private static final int COPIES = 4;

  private final Semaphore kilobytes;
  private final int all;
  private final Duration longestWait;

  BodyMemory(OverloadSettings settings, long heapBytes) {
    this.all = (int) Math.max(1, (long) (heapBytes * settings.bodyShareOfHeap()) >> 10);
    this.kilobytes = new Semaphore(all, true);
    this.longestWait = settings.longestBodyWait();
  }

  /**
   * Reads a body when there is memory for it.
   *
   * @param bytes its size, or the largest that it can have
   * @throws ProblemException when there is none in time
   */
  public <T> T within(long bytes, Supplier<T> reading) {
    if (bytes <= FREE) {
      return reading.get();
    }
    int share = (int) Math.min(all, (bytes >> 10) * COPIES);
    if (!taken(share)) {
      throw ProblemException.passing(ProblemCode.UNAVAILABLE, PAUSE);
    }
    try {
      return reading.get();
    } finally {
      kilobytes.release(share);
    }
  }

  private boolean taken(int share) {
    try {
      return kilobytes.tryAcquire(share, longestWait.toMillis(), TimeUnit.MILLISECONDS);
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
      return false;
    }
  }
}
