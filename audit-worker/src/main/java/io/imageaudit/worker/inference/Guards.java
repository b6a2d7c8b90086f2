package io.imageaudit.worker.inference;

import io.github.resilience4j.bulkhead.Bulkhead;
import io.github.resilience4j.bulkhead.BulkheadRegistry;
import io.github.resilience4j.circuitbreaker.CircuitBreaker;
import io.github.resilience4j.circuitbreaker.CircuitBreakerRegistry;
import io.github.resilience4j.core.IntervalBiFunction;
import io.github.resilience4j.ratelimiter.RateLimiter;
import io.github.resilience4j.ratelimiter.RateLimiterRegistry;
import io.github.resilience4j.retry.Retry;
import io.github.resilience4j.retry.RetryConfig;
import io.github.resilience4j.retry.RetryRegistry;

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

  /** Repeats outcomes, which settings alone cannot say; waits at least as long as asked. */
  Retry retry(String model) {
    RetryConfig configured = retries.retry(model, SHARED).getRetryConfig();
    IntervalBiFunction<Object> pauses = configured.getIntervalBiFunction();
    RetryConfig.Builder<Object> byOutcome =
        RetryConfig.<Object>from(configured)
            .retryOnResult(RetryingModelServer::again)
            .retryOnException(_ -> false)
            .intervalBiFunction((attempt, either) ->
                Math.max(
                    pauses.apply(attempt, either),
                    either.isRight() ? RetryingModelServer.pushback(either.get()) : 0));
    retries.remove(model);
    return retries.retry(model, byOutcome.build());
  }
}
