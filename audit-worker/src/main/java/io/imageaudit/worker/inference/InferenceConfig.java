package io.imageaudit.worker.inference;

import io.github.resilience4j.bulkhead.BulkheadRegistry;
import io.github.resilience4j.circuitbreaker.CircuitBreaker;
import io.github.resilience4j.circuitbreaker.CircuitBreakerRegistry;
import io.github.resilience4j.ratelimiter.RateLimiterRegistry;
import io.github.resilience4j.retry.RetryRegistry;
import io.imageaudit.model.trace.Traces;
import io.imageaudit.worker.batch.Batcher;
import io.imageaudit.worker.image.ImageDecoder;
import io.imageaudit.worker.image.InputSpec;
import io.imageaudit.worker.image.TensorMemory;
import io.imageaudit.worker.inference.InferenceOutcome.Failed;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.net.http.HttpClient;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Map;
import java.util.TreeMap;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** The models, each with its batches and the guards around its server. */
@Configuration(proxyBeanMethods = false)
class InferenceConfig {

  private static final Duration CONNECT = Duration.ofSeconds(2);
  private static final Duration TOKEN = Duration.ofSeconds(5);

  @Bean
  GrpcChannels grpcChannels() {
    return new GrpcChannels();
  }

  /** HTTP/1.1: many model servers know no other, and drop the body of a request to upgrade. */
  @Bean
  HttpClient modelHttp() {
    return HttpClient.newBuilder()
        .version(HttpClient.Version.HTTP_1_1)
        .connectTimeout(CONNECT)
        .followRedirects(HttpClient.Redirect.NEVER)
        .build();
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
  CircuitsHealthIndicator modelsHealthIndicator(CircuitBreakerRegistry breakers) {
    return new CircuitsHealthIndicator(breakers);
  }

  @Bean
  Models models(
      InferenceSettings settings,
      GrpcChannels channels,
      HttpClient http,
      Guards guards,
      ImageDecoder decoder,
      TensorMemory memory,
      MeterRegistry meters,
      Traces traces,
      InstantSource clock) {
    ServerAdapters adapters = new ServerAdapters(channels, http, clock);
    TokenSources tokens = new TokenSources(http, TOKEN, clock);
    GoldenInputs golden = new GoldenInputs(decoder, memory);
    Map<String, Model> models = new TreeMap<>();
    settings
        .models()
        .forEach((name, model) -> {
          if (model.input().datatype() != InputSpec.Datatype.ENCODED) {
            memory.requireRoom(
                "image-audit.models." + name + ".input", model.input().tensorBytes());
          }
          golden.prove(name, model);
          Credentials credentials = tokens.of(model.credentials());
          ModelServer adapter = adapters.of(name, model, credentials);
          adapter = new MeteredModelServer(adapter, name, meters);
          adapter = new TracedModelServer(adapter, name, traces);
          ModelServer server = guarded(name, model, adapter, credentials, guards, clock);
          models.put(
              name,
              new Model(
                  name,
                  model,
                  batched(name, model, server, guards.breaker(name), meters, clock),
                  memory));
        });
    return new Models(models);
  }

  /** A call's way to the server; the outermost guard is named last. */
  private static ModelServer guarded(
      String name,
      ModelSettings model,
      ModelServer adapter,
      Credentials credentials,
      Guards guards,
      InstantSource clock) {
    ModelServer server = new RenewingModelServer(adapter, credentials);
    server = new BulkheadedModelServer(server, guards.bulkhead(name));
    server = new ThrottledModelServer(server, guards.limiter(name), clock);
    server =
        new BreakingModelServer(
            server, guards.breaker(name), model.callTimeout().dividedBy(2), clock);
    server = new RestingModelServer(server, clock);
    server = guards.retried(name, server, clock);
    return new DeadlinedModelServer(server, model.callTimeout(), clock);
  }

  private static Batcher<Asked, InferenceOutcome> batched(
      String name,
      ModelSettings model,
      ModelServer server,
      CircuitBreaker breaker,
      MeterRegistry meters,
      InstantSource clock) {
    Batcher<Asked, InferenceOutcome> batcher =
        new Batcher<>(
            name,
            model.batch(),
            new BatchedInference(server, each -> BreakingModelServer.countBroken(breaker, each)),
            new Failed(Failed.Kind.TIMED_OUT, "NO_TIME", "no answer before the deadline"),
            asked -> asked.picture().close(),
            clock);
    gauge(meters, "image.audit.batch.queued", name, batcher, Batcher::queued);
    gauge(meters, "image.audit.batch.in.flight", name, batcher, Batcher::inFlight);
    gauge(meters, "image.audit.batch.limit", name, batcher, Batcher::limit);
    gauge(meters, "image.audit.batch.max.size", name, batcher, Batcher::maxSize);
    return batcher;
  }

  private static void gauge(
      MeterRegistry meters,
      String meter,
      String model,
      Batcher<Asked, InferenceOutcome> batcher,
      java.util.function.ToDoubleFunction<Batcher<Asked, InferenceOutcome>> value) {
    Gauge.builder(meter, batcher, value).tag("model", model).strongReference(true).register(meters);
  }
}
