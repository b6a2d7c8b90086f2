package io.imageaudit.notification.delivery;

import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/** Wakes a loop that waits for something to do. Nudges that come while it is awake count as one. */
final class Nudge {

  private final Semaphore pending = new Semaphore(0);

  /** Wakes the loop, now or when it next waits. */
  void now() {
    if (pending.availablePermits() == 0) {
      pending.release();
    }
  }

  /** Waits for a nudge, at most so long. An interruption ends the wait and stays visible. */
  void await(Duration atMost) {
    try {
      if (pending.tryAcquire(atMost.toNanos(), TimeUnit.NANOSECONDS)) {
        pending.drainPermits();
      }
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
  }
}
