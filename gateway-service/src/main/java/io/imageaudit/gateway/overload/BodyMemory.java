package io.imageaudit.gateway.overload;

import io.imageaudit.gateway.problem.ProblemCode;
import io.imageaudit.gateway.problem.ProblemException;
import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/**
 * Bounds the memory that large JSON bodies take: base64 in a JSON text has to be held as a whole,
 * and while it is read about four times over. What is kept of it, the text and the image, takes two
 * until its request has ended. Small bodies pass freely.
 */
public final class BodyMemory {

  private static final Duration PAUSE = Duration.ofSeconds(2);
  private static final long FREE = 256 << 10;
  private static final int COPIES_WHILE_READING = 4;
  private static final int COPIES_KEPT = 2;

  private final Semaphore kilobytes;
  private final int all;
  private final Duration longestWait;

  BodyMemory(OverloadSettings settings, long heapBytes) {
    this.all = (int) Math.max(1, (long) (heapBytes * settings.bodyShareOfHeap()) >> 10);
    this.kilobytes = new Semaphore(all, true);
    this.longestWait = settings.longestBodyWait();
  }

  /**
   * Takes the memory that reading a body needs.
   *
   * @param bytes its size, or the largest that it can have
   * @throws ProblemException when there is not enough in time
   */
  public Held hold(long bytes) {
    if (bytes <= FREE) {
      return new Held(0, 0);
    }
    Held held = new Held(share(bytes, COPIES_WHILE_READING), share(bytes, COPIES_KEPT));
    if (!isTaken(held.share)) {
      throw ProblemException.passing(ProblemCode.UNAVAILABLE, PAUSE);
    }
    return held;
  }

  private int share(long bytes, int copies) {
    return (int) Math.min(all, (bytes >> 10) * copies);
  }

  private boolean isTaken(int share) {
    try {
      return kilobytes.tryAcquire(share, longestWait.toMillis(), TimeUnit.MILLISECONDS);
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  /** Memory that one request holds. */
  public final class Held implements AutoCloseable {

    private final int kept;
    private int share;

    private Held(int share, int kept) {
      this.share = share;
      this.kept = kept;
    }

    /** Gives back what only reading needed. */
    public void shrink() {
      release(kept);
    }

    @Override
    public void close() {
      release(0);
    }

    private void release(int rest) {
      if (rest < share) {
        kilobytes.release(share - rest);
        share = rest;
      }
    }
  }
}
