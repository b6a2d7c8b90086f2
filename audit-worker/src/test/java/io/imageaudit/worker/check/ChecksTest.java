package io.imageaudit.worker.check;

import static org.assertj.core.api.Assertions.assertThat;

import io.imageaudit.model.Box;
import io.imageaudit.model.Coverage;
import io.imageaudit.model.TraceParent;
import io.imageaudit.model.trace.Traces;
import io.imageaudit.worker.image.InputSpec;
import io.imageaudit.worker.image.Picture;
import io.imageaudit.worker.image.Prepared;
import io.imageaudit.worker.image.TensorMemory;
import io.imageaudit.worker.image.View;
import io.imageaudit.worker.inference.Hope;
import io.imageaudit.worker.inference.Models;
import io.imageaudit.worker.inference.TestGuards;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

class ChecksTest {

  @Test
  void a_check_that_breaks_is_missing_and_may_look_when_somebody_has_put_it_right() {
    try (Models models =
            TestGuards.models("models: {demo: {endpoint: \"localhost:1\", labels: [a]}}");
        Checks checks =
            new Checks(
                List.of(
                    new ModelCheck(
                        "demo",
                        List.of(models.named("demo")),
                        Duration.ofMillis(1),
                        InstantSource.system(),
                        _ -> true)),
                Traces.unrecorded(new Random(1)))) {

      List<CheckOutcome> outcomes =
          checks.look(
              Set.of("demo"),
              new Unpreparable(),
              LastCall.at(Instant.now().plusSeconds(5)),
              TraceParent.start(new Random(1)));

      assertThat(outcomes)
          .singleElement()
          .isInstanceOfSatisfying(
              CheckOutcome.Missing.class,
              missing -> {
                assertThat(missing.code()).isEqualTo("BROKEN");
                assertThat(missing.message()).contains("cannot be cut");
                assertThat(missing.hope()).isEqualTo(Hope.LATER);
              });
    }
  }

  /** A picture that no model can be shown. */
  private static final class Unpreparable implements Picture, View {

    @Override
    public Prepared prepare(InputSpec spec, TensorMemory memory, Instant until) {
      throw new IllegalStateException("cannot be cut");
    }

    @Override
    public Box toImage(Box inView) {
      return inView;
    }

    @Override
    public int width() {
      return 1;
    }

    @Override
    public int height() {
      return 1;
    }

    @Override
    public Coverage coverage() {
      return Coverage.WHOLE;
    }

    @Override
    public List<View> views() {
      return List.of(this);
    }

    @Override
    public void close() {}
  }
}
