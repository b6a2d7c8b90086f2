package io.imageaudit.model.trace;

import io.imageaudit.model.TraceParent;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/** Hands places on and does nothing else. */
record UnrecordedTraces(RandomGenerator random) implements Traces {

  @Override
  public Step begin(StepKind kind, String name, TraceParent parent) {
    return new UnrecordedStep(parent.child(random));
  }

  @Override
  public Step begin(StepKind kind, String name, @Nullable TraceParent parent, TraceParent place) {
    return new UnrecordedStep(place);
  }

  private record UnrecordedStep(TraceParent place) implements Step {

    @Override
    public void rename(String name) {}

    @Override
    public void note(String key, String value) {}

    @Override
    public void fail(String reason) {}

    @Override
    public void close() {}
  }
}
