package io.imageaudit.gateway.overload;

import io.imageaudit.gateway.problem.ProblemCode;
import io.imageaudit.gateway.problem.ProblemException;
import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;

/** So many may work at a time; some more may wait, in order, for a while. */
final class Places {

  private static final Duration PAUSE = Duration.ofSeconds(1);

  private final Semaphore free;
  private final AtomicInteger waiting = new AtomicInteger();
  private final int mostWaiting;
  private final Duration longestWait;

  Places(int count, int mostWaiting, Duration longestWait) {
    this.free = new Semaphore(count, true);
    this.mostWaiting = mostWaiting;
    this.longestWait = longestWait;
  }

  <T> T within(Supplier<T> work) {
    enter();
    try {
      return work.get();
    } finally {
      free.release();
    }
  }

  private void enter() {
    if (free.tryAcquire()) {
      return;
    }
    boolean entered = false;
    if (waiting.incrementAndGet() <= mostWaiting) {
      try {
        entered = free.tryAcquire(longestWait.toMillis(), TimeUnit.MILLISECONDS);
      } catch (InterruptedException _) {
        Thread.currentThread().interrupt();
      }
    }
    waiting.decrementAndGet();
    if (!entered) {
      throw ProblemException.passing(ProblemCode.UNAVAILABLE, PAUSE);
    }
  }
}
