package io.imageaudit.model.trace;

import io.imageaudit.model.TraceParent;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * Begins steps. The places in a trace are the application's own ({@link TraceParent}), handed on in
 * headers whether anybody records them or not; a tracing system only gets to see them.
 */
public interface Traces {

  /** Begins the next step after {@code parent}. */
  Step begin(StepKind kind, String name, TraceParent parent);

  /**
   * Begins a step whose place is known.
   *
   * @param parent the step before it; none when a trace begins with it
   */
  Step begin(StepKind kind, String name, @Nullable TraceParent parent, TraceParent place);

  /** Steps that nobody records. */
  static Traces unrecorded(RandomGenerator random) {
    return new UnrecordedTraces(random);
  }
}
