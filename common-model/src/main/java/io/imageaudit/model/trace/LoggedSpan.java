package io.imageaudit.model.trace;

import io.prometheus.metrics.tracer.common.SpanContext;
import org.jspecify.annotations.Nullable;
import org.slf4j.MDC;

/**
 * The step that the current thread's log lines belong to: what a bucket of a histogram refers to.
 */
final class LoggedSpan implements SpanContext {

  private static final String SPAN_ID = "span_id";

  @Override
  public @Nullable String getCurrentTraceId() {
    return MDC.get("trace_id");
  }

  @Override
  public @Nullable String getCurrentSpanId() {
    return MDC.get(SPAN_ID);
  }

  @Override
  public boolean isCurrentSpanSampled() {
    return MDC.get(SPAN_ID) != null;
  }

  @Override
  public void markCurrentSpanAsExemplar() {
    // Whether a trace is kept is decided by its id alone.
  }
}
