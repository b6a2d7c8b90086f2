package io.imageaudit.model.trace;

import io.imageaudit.model.TraceParent;
import io.opentelemetry.sdk.trace.IdGenerator;
import java.util.function.Supplier;

/** Gives a span the ids of the place that was chosen for it, instead of making some up. */
final class ChosenIds implements IdGenerator {

  private static final ScopedValue<TraceParent> CHOSEN = ScopedValue.newInstance();

  /** Runs what begins one span. */
  static <T> T choosing(TraceParent place, Supplier<T> beginning) {
    return ScopedValue.where(CHOSEN, place).call(beginning::get);
  }

  @Override
  public String generateSpanId() {
    return CHOSEN.get().spanId();
  }

  @Override
  public String generateTraceId() {
    return CHOSEN.get().traceId();
  }
}
