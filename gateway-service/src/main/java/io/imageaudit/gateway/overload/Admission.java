package io.imageaudit.gateway.overload;

import io.imageaudit.gateway.problem.ProblemCode;
import io.imageaudit.gateway.problem.ProblemException;
import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;

/**
 * Bounds the work in progress. What comes on top waits a little, in order; what would wait for too
 * long, or finds too many waiting, is refused at once. Bodies are read before and long polls wait
 * outside, so a slow client holds no place.
 */
public final class Admission {

  private static final Duration PAUSE = Duration.ofSeconds(1);

  private final Semaphore places;
  private final AtomicInteger waiting = new AtomicInteger();
  private final int mostWaiting;
  private final Duration longestWait;

  Admission(OverloadSettings settings) {
    this.places = new Semaphore(settings.maxInProgress(), true);
    this.mostWaiting = settings.maxWaiting();
    this.longestWait = settings.longestWait();
  }

  /**
   * Does the work when there is a place for it.
   *
   * @throws ProblemException when there is none in time
   */
  public <T> T within(Supplier<T> work) {
    enter();
    try {
      return work.get();
    } finally {
      places.release();
    }
  }

  private void enter() {
    if (places.tryAcquire()) {
      return;
    }
    boolean entered = false;
    if (waiting.incrementAndGet() <= mostWaiting) {
      try {
        entered = places.tryAcquire(longestWait.toMillis(), TimeUnit.MILLISECONDS);
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
