package io.imageaudit.worker.inference;

import io.github.resilience4j.ratelimiter.RateLimiter;
import io.github.resilience4j.ratelimiter.internal.AtomicRateLimiter.AtomicRateLimiterMetrics;
import io.imageaudit.worker.inference.InferenceOutcome.Failed;
import java.time.Duration;
import java.time.InstantSource;

/**
 * Asks no more often than the server's owner allows; waits for its turn as long as configured, and
 * never for one that would come after the deadline.
 */
final class ThrottledModelServer implements ModelServer {

  private final ModelServer next;
  private final RateLimiter limiter;
  private final InstantSource clock;

  ThrottledModelServer(ModelServer next, RateLimiter limiter, InstantSource clock) {
    this.next = next;
    this.limiter = limiter;
    this.clock = clock;
  }

  @Override
  public InferenceOutcome infer(InferenceBatch batch) {
    long left = Duration.between(clock.instant(), batch.deadline()).toNanos();
    // A turn that is reserved and not used is lost, so it is not reserved when it looks too late.
    long wait = expected() < left ? limiter.reservePermission() : left;
    if (wait < 0 || wait >= left) {
      return new Failed(Failed.Kind.NOT_TRIED, "RATE_LIMITED", "no more calls in this period");
    }
    try {
      Thread.sleep(Duration.ofNanos(wait));
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
      return new Failed(Failed.Kind.NOT_TRIED, "STOPPING", "interrupted");
    }
    return next.infer(batch);
  }

  private long expected() {
    return limiter.getMetrics() instanceof AtomicRateLimiterMetrics now ? now.getNanosToWait() : 0;
  }
}
