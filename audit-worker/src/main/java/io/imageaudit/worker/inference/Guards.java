package io.imageaudit.worker.inference;

import io.github.resilience4j.bulkhead.Bulkhead;
import io.github.resilience4j.bulkhead.BulkheadRegistry;
import io.github.resilience4j.circuitbreaker.CircuitBreaker;
import io.github.resilience4j.circuitbreaker.CircuitBreakerRegistry;
import io.github.resilience4j.ratelimiter.RateLimiter;
import io.github.resilience4j.ratelimiter.RateLimiterRegistry;
import io.github.resilience4j.retry.Retry;
import io.github.resilience4j.retry.RetryConfig;
import io.github.resilience4j.retry.RetryRegistry;
import java.time.InstantSource;

/**
 * The Resilience4j guards of one model, by its name: an instance that is configured under this name
 * counts, else the shared configuration {@value #SHARED}.
 */
record Guards(
    CircuitBreakerRegistry breakers,
    RetryRegistry retries,
    RateLimiterRegistry limiters,
    BulkheadRegistry bulkheads) {

  static final String SHARED = "models";

  CircuitBreaker breaker(String model) {
    return breakers.find(model).orElseGet(() -> breakers.circuitBreaker(model, SHARED));
  }

  RateLimiter limiter(String model) {
    return limiters.find(model).orElseGet(() -> limiters.rateLimiter(model, SHARED));
  }

  Bulkhead bulkhead(String model) {
    return bulkheads.find(model).orElseGet(() -> bulkheads.bulkhead(model, SHARED));
  }

  /** Repeats outcomes, which settings alone cannot say: an attempt says how long to wait. */
  ModelServer retried(String model, ModelServer server, InstantSource clock) {
    RetryConfig configured = retries.retry(model, SHARED).getRetryConfig();
    RetryConfig.Builder<Object> byOutcome =
        RetryConfig.<Object>from(configured)
            .retryOnResult(RetryingModelServer::again)
            .retryOnException(_ -> false)
            .intervalBiFunction((_, either) -> either.isRight() ? pause(either.get()) : 0L);
    retries.remove(model);
    Retry retry = retries.retry(model, byOutcome.build());
    return new RetryingModelServer(server, retry, configured.getIntervalBiFunction(), clock);
  }

  private static long pause(Object attempt) {
    return RetryingModelServer.pause(attempt).toMillis();
  }
}
