package io.imageaudit.worker.check;

import static org.assertj.core.api.Assertions.assertThat;

import io.grpc.Status;
import io.imageaudit.model.TraceParent;
import io.imageaudit.worker.image.Picture;
import io.imageaudit.worker.image.TestDecoder;
import io.imageaudit.worker.inference.FaultyModelServer;
import io.imageaudit.worker.inference.Hope;
import io.imageaudit.worker.inference.Models;
import io.imageaudit.worker.inference.TestGuards;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A check with a fallback, at two servers on real ports. */
class ModelCheckTest {

  private final FaultyModelServer first = new FaultyModelServer();
  private final FaultyModelServer second = new FaultyModelServer();
  private final StoppablePause pause = new StoppablePause();
  private final Models models =
      TestGuards.models(
          """
          models:
            first: {endpoint: "%s", labels: [a, b, c, d], categories: {a: adult.explicit}}
            second: {endpoint: "%s", labels: [a, b, c, d], categories: {b: adult.explicit}}
          """
              .formatted(first.endpoint(), second.endpoint()));
  private final ModelCheck check =
      new ModelCheck(
          "nudity",
          List.of(models.named("first"), models.named("second")),
          Duration.ofMillis(20),
          InstantSource.system(),
          pause);

  @AfterEach
  void close() {
    models.close();
    first.close();
    second.close();
  }

  @Test
  void the_next_model_looks_when_one_cannot_and_its_own_labels_count() {
    first.goAway();
    second.score(0, 0.75f, 0, 0);

    assertThat(look())
        .isInstanceOfSatisfying(
            CheckOutcome.Seen.class,
            seen -> {
              assertThat(seen.model()).isEqualTo("second");
              assertThat(seen.observations()).extracting(Observation::label).containsExactly("b");
            });
  }

  @Test
  void a_model_that_hangs_leaves_time_to_the_next_one() {
    first.hang();
    second.score(0, 0.75f, 0, 0);

    assertThat(look())
        .isInstanceOfSatisfying(
            CheckOutcome.Seen.class, seen -> assertThat(seen.model()).isEqualTo("second"));
  }

  @Test
  void the_first_model_looks_again_when_it_is_back() {
    first.fail(Status.UNAVAILABLE, 3);
    assertThat(look()).isInstanceOf(CheckOutcome.Seen.class);

    assertThat(look())
        .isInstanceOfSatisfying(
            CheckOutcome.Seen.class, seen -> assertThat(seen.model()).isEqualTo("first"));
    assertThat(second.requests()).hasSize(1);
  }

  @Test
  void all_are_asked_until_one_is_back() {
    first.fail(Status.UNAVAILABLE, Integer.MAX_VALUE);
    second.fail(Status.UNAVAILABLE, 4);

    assertThat(look())
        .isInstanceOfSatisfying(
            CheckOutcome.Seen.class,
            seen -> {
              assertThat(seen.model()).isEqualTo("second");
              assertThat(seen.tries()).isEqualTo(2);
            });
  }

  @Test
  void as_long_as_one_may_come_back_there_is_hope() {
    first.fail(Status.UNAVAILABLE, Integer.MAX_VALUE);
    second.fail(Status.INVALID_ARGUMENT, Integer.MAX_VALUE);

    assertThat(check.look(picture(), LastCall.at(Instant.now().plusMillis(300)), trace()))
        .isInstanceOfSatisfying(
            CheckOutcome.Missing.class, missing -> assertThat(missing.hope()).isEqualTo(Hope.SOON));
  }

  @Test
  void models_that_are_away_are_given_up_before_the_time_for_answers_is_over() {
    first.fail(Status.UNAVAILABLE, Integer.MAX_VALUE);
    second.fail(Status.UNAVAILABLE, Integer.MAX_VALUE);
    Instant start = Instant.now();
    Instant far = start.plusSeconds(600);

    assertThat(check.look(picture(), new LastCall(far, Instant.now().plusMillis(300)), trace()))
        .isInstanceOfSatisfying(
            CheckOutcome.Missing.class,
            missing -> {
              assertThat(missing.models()).containsExactly("first", "second");
              assertThat(missing.took()).isPositive();
            });
    assertThat(Instant.now()).isBefore(start.plusSeconds(300));
  }

  private CheckOutcome look() {
    return check.look(picture(), LastCall.at(Instant.now().plusSeconds(5)), trace());
  }

  private static Picture picture() {
    return TestDecoder.gray(224);
  }

  private static TraceParent trace() {
    return TraceParent.start(new Random(1));
  }
}
