package io.imageaudit.worker.image;

import java.time.Instant;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/**
 * The memory that decoded pictures may take. When all of it is taken the next picture waits, first
 * come first served; an audit that waits here keeps its partitions paused.
 */
final class PictureMemory {

  private static final long UNIT = 1024;

  private final int capacity;
  private final Semaphore free;

  /**
   * Makes an empty one.
   *
   * @param bytes that pictures may take at the same time
   */
  PictureMemory(long bytes) {
    this.capacity = Math.clamp(bytes / UNIT, 1, Integer.MAX_VALUE);
    this.free = new Semaphore(capacity, true);
  }

  /**
   * Takes memory; one picture may have all of it, but not more.
   *
   * @param until when it is of no more use
   * @throws NoRoomException when there is none until then, or the worker stops
   */
  Share take(long bytes, Instant until) {
    int units = units(bytes);
    try {
      if (free.tryAcquire(units, NoRoomException.nanosUntil(until), TimeUnit.NANOSECONDS)) {
        return new Share(units);
      }
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
    throw new NoRoomException("pictures take all of their memory");
  }

  private int units(long bytes) {
    return Math.clamp((bytes + UNIT - 1) / UNIT, 1, capacity);
  }

  /** What one picture has taken. Not safe for threads. */
  final class Share implements Runnable {
    private int units;

    private Share(int units) {
      this.units = units;
    }

    /** Gives back what is above this size. */
    void shrinkTo(long bytes) {
      int less = Math.min(units, units(bytes));
      free.release(units - less);
      units = less;
    }

    /** Gives everything back. */
    @Override
    public void run() {
      free.release(units);
      units = 0;
    }
  }
}
