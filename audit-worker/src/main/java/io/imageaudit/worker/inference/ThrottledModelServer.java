package io.imageaudit.worker.inference;

import io.github.resilience4j.ratelimiter.RateLimiter;
import io.imageaudit.worker.inference.InferenceOutcome.Failed;

/** Asks no more often than the server's owner allows; waits for its turn as long as configured. */
final class ThrottledModelServer implements ModelServer {

  private final ModelServer next;
  private final RateLimiter limiter;

  ThrottledModelServer(ModelServer next, RateLimiter limiter) {
    this.next = next;
    this.limiter = limiter;
  }

  @Override
  public InferenceOutcome infer(InferenceBatch batch) {
    return limiter.acquirePermission()
        ? next.infer(batch)
        : new Failed(Failed.Kind.NOT_TRIED, "RATE_LIMITED", "no more calls in this period");
  }
}
