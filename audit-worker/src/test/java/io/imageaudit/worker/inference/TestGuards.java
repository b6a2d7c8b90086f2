package io.imageaudit.worker.inference;

import io.github.resilience4j.bulkhead.BulkheadRegistry;
import io.github.resilience4j.circuitbreaker.CircuitBreakerConfig;
import io.github.resilience4j.circuitbreaker.CircuitBreakerRegistry;
import io.github.resilience4j.core.IntervalFunction;
import io.github.resilience4j.ratelimiter.RateLimiterRegistry;
import io.github.resilience4j.retry.RetryConfig;
import io.github.resilience4j.retry.RetryRegistry;
import io.imageaudit.model.trace.Traces;
import io.imageaudit.worker.SettingsText;
import io.imageaudit.worker.image.TensorMemory;
import io.imageaudit.worker.image.TestDecoder;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.InstantSource;
import java.util.Map;
import java.util.Random;

/** Models as the application makes them, of settings as an operator writes them. */
public final class TestGuards {

  private TestGuards() {}

  /** The models of a document that begins with {@code models}, with connections of their own. */
  public static Models models(String yaml) {
    return models(yaml, new GrpcChannels(), new SimpleMeterRegistry());
  }

  /** The models of a document that begins with {@code models}. */
  static Models models(String yaml, GrpcChannels channels, MeterRegistry meters) {
    return models(yaml, channels, meters, guards());
  }

  /** The models of a document that begins with {@code models}, behind these guards. */
  static Models models(String yaml, GrpcChannels channels, MeterRegistry meters, Guards guards) {
    return new InferenceConfig()
        .models(
            SettingsText.bind(
                "image-audit:\n" + yaml.indent(2), "image-audit", InferenceSettings.class),
            channels,
            new InferenceConfig().modelHttp(),
            guards,
            TestDecoder.get(),
            new TensorMemory(1 << 24),
            meters,
            Traces.unrecorded(new Random(1)),
            InstantSource.system());
  }

  static Guards guards() {
    RetryConfig fewTries =
        RetryConfig.custom()
            .maxAttempts(3)
            .intervalFunction(IntervalFunction.ofExponentialRandomBackoff(5, 2))
            .build();
    return new Guards(
        CircuitBreakerRegistry.of(Map.of(Guards.SHARED, CircuitBreakerConfig.ofDefaults())),
        RetryRegistry.of(Map.of(Guards.SHARED, fewTries)),
        RateLimiterRegistry.of(
            Map.of(
                Guards.SHARED, io.github.resilience4j.ratelimiter.RateLimiterConfig.ofDefaults())),
        BulkheadRegistry.of(
            Map.of(Guards.SHARED, io.github.resilience4j.bulkhead.BulkheadConfig.ofDefaults())));
  }
}
