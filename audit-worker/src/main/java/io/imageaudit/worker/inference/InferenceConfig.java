package io.imageaudit.worker.inference;

import io.github.resilience4j.bulkhead.BulkheadRegistry;
import io.github.resilience4j.circuitbreaker.CircuitBreakerRegistry;
import io.github.resilience4j.ratelimiter.RateLimiterRegistry;
import io.github.resilience4j.retry.RetryRegistry;
import java.time.InstantSource;
import java.util.Map;
import java.util.TreeMap;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** The models, each with its guards around its server. */
@Configuration(proxyBeanMethods = false)
class InferenceConfig {

  @Bean
  GrpcChannels grpcChannels() {
    return new GrpcChannels();
  }

  @Bean
  Guards guards(
      CircuitBreakerRegistry breakers,
      RetryRegistry retries,
      RateLimiterRegistry limiters,
      BulkheadRegistry bulkheads) {
    return new Guards(breakers, retries, limiters, bulkheads);
  }

  @Bean
  Models models(
      InferenceSettings settings, GrpcChannels channels, Guards guards, InstantSource clock) {
    Map<String, Model> models = new TreeMap<>();
    settings
        .models()
        .forEach((name, model) ->
            models.put(
                name, new Model(name, model, guarded(name, model, channels, guards, clock))));
    return new Models(models);
  }

  /** A call's way to the server; the outermost guard is named last. */
  private static ModelServer guarded(
      String name, ModelSettings model, GrpcChannels channels, Guards guards, InstantSource clock) {
    ModelServer server = new GrpcModelServer(channels.to(model), name, model, clock);
    server = new BulkheadedModelServer(server, guards.bulkhead(name));
    server = new ThrottledModelServer(server, guards.limiter(name));
    server = new BreakingModelServer(server, guards.breaker(name));
    server = new RetryingModelServer(server, guards.retry(name), clock);
    return new DeadlinedModelServer(server, model.callTimeout(), clock);
  }
}
