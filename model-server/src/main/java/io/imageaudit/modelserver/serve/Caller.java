package io.imageaudit.modelserver.serve;

import io.grpc.Status;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** Who waits for an answer, and until when. A caller who gives up ends the wait of its call. */
public final class Caller {

  private final long deadline;
  private @Nullable RefusedException end;
  private @Nullable Thread waiting;

  /** A caller who waits this long from now. */
  public Caller(Duration patience) {
    this.deadline = System.nanoTime() + patience.toNanos();
  }

  /** The caller gave up. Can come from any thread, more than once. */
  public synchronized void giveUp(Status.Code code, String message) {
    if (end == null) {
      end = new RefusedException(code, message);
      if (waiting != null) {
        waiting.interrupt();
      }
    }
  }

  /**
   * Waits for something.
   *
   * @return whether it happened within {@code limit}, itself cut to what is left of the patience
   * @throws RefusedException CANCELLED or DEADLINE_EXCEEDED when the caller is gone
   */
  boolean await(Wait wait, Duration limit) {
    start();
    boolean done = false;
    boolean interrupted = false;
    long left = deadline - System.nanoTime();
    try {
      done = wait.await(Math.max(0, Math.min(left, limit.toNanos())));
    } catch (InterruptedException e) {
      interrupted = true;
    } finally {
      stop();
    }
    if (interrupted) {
      throw new RefusedException(Status.Code.UNAVAILABLE, "The server is stopping");
    }
    if (!done && left < limit.toNanos()) {
      throw new RefusedException(Status.Code.DEADLINE_EXCEEDED, "Deadline exceeded");
    }
    return done;
  }

  /** As {@link #await(Wait, Duration)}, as long as the patience lasts. */
  void await(Wait wait) {
    var _ = await(wait, Duration.ofNanos(Long.MAX_VALUE));
  }

  private synchronized void start() {
    if (end != null) {
      throw end;
    }
    waiting = Thread.currentThread();
  }

  private synchronized void stop() {
    waiting = null;
    if (end != null) {
      // The interrupt, if it came, was for this wait alone.
      boolean _ = Thread.interrupted();
      throw end;
    }
  }

  /** Something that takes time. */
  @FunctionalInterface
  interface Wait {

    /**
     * Waits.
     *
     * @return whether it happened within {@code nanos}
     */
    boolean await(long nanos) throws InterruptedException;
  }
}
