package io.imageaudit.model.trace;

import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.exporter.otlp.http.trace.OtlpHttpSpanExporter;
import io.opentelemetry.sdk.resources.Resource;
import io.opentelemetry.sdk.trace.SdkTracerProvider;
import io.opentelemetry.sdk.trace.export.BatchSpanProcessor;
import io.opentelemetry.sdk.trace.samplers.Sampler;
import io.prometheus.metrics.tracer.common.SpanContext;
import java.net.URI;
import java.security.SecureRandom;
import java.time.Duration;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Records steps where there is somebody to show them to. */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(TracingSettings.class)
public class TracingConfig {

  private static final Duration OFTEN = Duration.ofSeconds(1);

  @Bean
  Traces traces(TracingSettings settings, @Value("${spring.application.name:}") String service) {
    URI endpoint = settings.endpoint();
    return endpoint == null
        ? Traces.unrecorded(new SecureRandom())
        : new OpenTelemetryTraces(provider(settings, endpoint, service), new SecureRandom());
  }

  /** Exemplars: from a bucket to a trace that fell into it. */
  @Bean
  @ConditionalOnProperty("image-audit.tracing.endpoint")
  SpanContext loggedSpan() {
    return new LoggedSpan();
  }

  /** Spans leave in batches, off the threads that work; those that cannot leave are dropped. */
  private static SdkTracerProvider provider(
      TracingSettings settings, URI endpoint, String service) {
    OtlpHttpSpanExporter exporter =
        OtlpHttpSpanExporter.builder()
            .setEndpoint(endpoint.toString())
            .setTimeout(settings.timeout())
            .build();
    return SdkTracerProvider.builder()
        .setIdGenerator(new ChosenIds())
        .setSampler(Sampler.traceIdRatioBased(settings.sample()))
        .setResource(
            Resource.create(Attributes.of(AttributeKey.stringKey("service.name"), service)))
        .addSpanProcessor(
            BatchSpanProcessor.builder(exporter)
                .setMaxQueueSize(settings.queue())
                .setScheduleDelay(OFTEN)
                .build())
        .build();
  }
}
