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
import io.imageaudit.worker.image.TestDecoder;
import io.imageaudit.worker.image.View;
import io.imageaudit.worker.inference.FaultyModelServer;
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
        Checks checks = checks(models)) {
      List<CheckOutcome> outcomes =
          checks.look(Set.of("demo"), new Unpreparable(), soon(), trace());

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

  @Test
  void what_counts_for_others_is_named_by_the_versions_that_looked_at_it() {
    try (FaultyModelServer server = new FaultyModelServer();
        Models models =
            TestGuards.models(
                "models: {demo: {endpoint: \"%s\", labels: [a, b, c, d]}}"
                    .formatted(server.endpoint()));
        Checks checks = checks(models)) {
      List<CheckOutcome> outcomes =
          checks.look(Set.of("demo"), TestDecoder.gray(224), soon(), trace());
      CheckOutcome.Seen seen = (CheckOutcome.Seen) outcomes.getFirst();
      CheckOutcome.Seen earlier =
          new CheckOutcome.Seen(
              "demo", "demo", "6", seen.input(), List.of(), List.of(), seen.took(), 1);

      assertThat(checks.identityOf(List.of(seen)))
          .isPresent()
          .isEqualTo(checks.identity(Set.of("demo")));
      assertThat(checks.identityOf(List.of(earlier)))
          .isPresent()
          .isNotEqualTo(checks.identity(Set.of("demo")));
    }
  }

  private static Checks checks(Models models) {
    ModelCheck check =
        new ModelCheck(
            "demo",
            List.of(models.named("demo")),
            Duration.ofMillis(1),
            InstantSource.system(),
            _ -> true);
    return new Checks(List.of(check), Traces.unrecorded(new Random(1)));
  }

  private static LastCall soon() {
    return LastCall.at(Instant.now().plusSeconds(5));
  }

  private static TraceParent trace() {
    return TraceParent.start(new Random(1));
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
