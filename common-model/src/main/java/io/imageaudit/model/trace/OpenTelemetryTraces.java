package io.imageaudit.model.trace;

import io.imageaudit.model.TraceParent;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanBuilder;
import io.opentelemetry.api.trace.SpanContext;
import io.opentelemetry.api.trace.SpanKind;
import io.opentelemetry.api.trace.StatusCode;
import io.opentelemetry.api.trace.TraceFlags;
import io.opentelemetry.api.trace.TraceState;
import io.opentelemetry.api.trace.Tracer;
import io.opentelemetry.context.Context;
import io.opentelemetry.sdk.trace.SdkTracerProvider;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/** Records steps as OpenTelemetry spans that bear the application's own ids. */
final class OpenTelemetryTraces implements Traces, AutoCloseable {

  private final SdkTracerProvider provider;
  private final Tracer tracer;
  private final RandomGenerator random;

  /** Uses a provider whose ids come from {@link ChosenIds}. */
  OpenTelemetryTraces(SdkTracerProvider provider, RandomGenerator random) {
    this.provider = provider;
    this.tracer = provider.get("io.imageaudit");
    this.random = random;
  }

  @Override
  public Step begin(StepKind kind, String name, TraceParent parent) {
    return begin(kind, name, parent, parent.child(random));
  }

  @Override
  public Step begin(StepKind kind, String name, @Nullable TraceParent parent, TraceParent place) {
    Context before =
        parent == null || parent.spanId().equals(place.spanId())
            ? Context.root()
            : Context.root().with(Span.wrap(remote(parent)));
    SpanBuilder span =
        tracer.spanBuilder(name).setSpanKind(SpanKind.valueOf(kind.name())).setParent(before);
    return new SpanStep(place, ChosenIds.choosing(place, span::startSpan));
  }

  /** Sends what still waits. */
  @Override
  public void close() {
    provider.close();
  }

  private static SpanContext remote(TraceParent parent) {
    return SpanContext.createFromRemoteParent(
        parent.traceId(),
        parent.spanId(),
        parent.sampled() ? TraceFlags.getSampled() : TraceFlags.getDefault(),
        TraceState.getDefault());
  }

  private record SpanStep(TraceParent place, Span span) implements Step {

    @Override
    public void rename(String name) {
      span.updateName(name);
    }

    @Override
    public void note(String key, String value) {
      span.setAttribute(key, value);
    }

    @Override
    public void fail(String reason) {
      span.setStatus(StatusCode.ERROR, reason);
    }

    @Override
    public void close() {
      span.end();
    }
  }
}
