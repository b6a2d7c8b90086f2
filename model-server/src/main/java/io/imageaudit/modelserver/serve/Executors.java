package io.imageaudit.modelserver.serve;

import io.grpc.Status;
import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/** A model's executors: so many calls run at once, the others queue in order of arrival. */
public final class Executors {

  private final Semaphore free;
  private final int maxQueue;
  private final AtomicInteger queued = new AtomicInteger();

  /**
   * Sets the bounds.
   *
   * @param count calls that run at once, >= 1
   * @param maxQueue calls that may wait, >= 0
   */
  public Executors(int count, int maxQueue) {
    if (count < 1 || maxQueue < 0) {
      throw new IllegalArgumentException(
          "executors: " + count + ", queue: " + maxQueue + " (expected: >= 1, >= 0)");
    }
    this.free = new Semaphore(count, true);
    this.maxQueue = maxQueue;
  }

  /**
   * Takes an executor, waiting for it.
   *
   * @param limit how long to stay in the queue
   * @return gives the executor back on close
   * @throws RefusedException when the queue is full or the time is up
   */
  Permit acquire(Caller caller, Duration limit) {
    Permit permit = new Permit();
    if (permit.tryNow()) {
      return permit;
    }
    if (queued.incrementAndGet() > maxQueue) {
      queued.decrementAndGet();
      throw new RefusedException(Status.Code.UNAVAILABLE, "Exceeds maximum queue size");
    }
    try {
      if (!caller.await(permit::tryWithin, limit)) {
        throw new RefusedException(Status.Code.UNAVAILABLE, "Request timeout expired");
      }
      return permit;
    } catch (RefusedException e) {
      permit.close();
      throw e;
    } finally {
      queued.decrementAndGet();
    }
  }

  /** The right to run, given back once. */
  final class Permit implements AutoCloseable {

    private boolean held;

    private boolean tryNow() {
      held = !free.hasQueuedThreads() && free.tryAcquire();
      return held;
    }

    private boolean tryWithin(long nanos) throws InterruptedException {
      held = free.tryAcquire(nanos, TimeUnit.NANOSECONDS);
      return held;
    }

    @Override
    public void close() {
      if (held) {
        held = false;
        free.release();
      }
    }
  }
}
