package io.imageaudit.local.chaos;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.imageaudit.local.StackUnderTest;
import io.imageaudit.local.layout.PartName;
import java.time.Duration;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;

/** What all services lean on is away for a while in the middle of a run. */
@EnabledIfSystemProperty(named = "chaos.audits", matches = "[0-9]+")
class PartsAwayIT {

  private static final Duration PATIENT = Duration.ofHours(1);
  private static final Duration HURRIED = Duration.ofSeconds(12);

  private static final int WARM_UP = 500;

  private final StackUnderTest stack = StackUnderTest.shared();
  private final Faults faults = new Faults(stack);
  private final ChaosSize size = ChaosSize.orElse(0, 60, Duration.ofSeconds(2));
  private final SplittableRandom random = new SplittableRandom(size.seed());

  @Test
  void nothing_is_lost_while_the_database_is_away() throws Exception {
    try (Load load = Load.start(stack, "no-database", size.audits(), PATIENT, random, 0)) {
      await().atMost(Load.PATIENCE).until(() -> load.told() >= size.audits() / 10);
      faults.stopPostgres();
      pause(size.outage());
      faults.restart(PartName.POSTGRES);
      load.awaitAllTold();

      new Outcome(stack, "no-database", load).check();
    }
  }

  @Test
  void nothing_is_lost_while_the_broker_is_away() throws Exception {
    try (Load load = Load.start(stack, "no-broker", size.audits(), PATIENT, random, 0)) {
      await().atMost(Load.PATIENCE).until(() -> load.told() >= size.audits() / 10);
      faults.kill(PartName.KAFKA);
      pause(size.outage());
      faults.restart(PartName.KAFKA);
      load.awaitAllTold();

      new Outcome(stack, "no-broker", load).check();
    }
  }

  @Test
  void verdicts_without_the_model_are_no_pass_and_are_completed_when_it_is_back() throws Exception {
    warmUp();
    try (Load load = Load.start(stack, "no-model", size.audits(), HURRIED, random, 0)) {
      Outcome outcome = new Outcome(stack, "no-model", load);
      await().atMost(Load.PATIENCE).until(() -> load.told() >= size.audits() / 10);
      faults.kill(PartName.MODEL_SERVER);
      await("a degraded verdict").atMost(Load.PATIENCE).until(() -> !outcome.degraded().isEmpty());
      pause(size.outage());
      faults.restart(PartName.MODEL_SERVER);
      load.awaitAllTold();

      outcome.check();
      assertThat(outcome.degraded()).isNotEmpty();
      System.out.printf("chaos no-model: %d degraded at first%n", outcome.degraded().size());
    }
  }

  /** Services that have just started are too slow for audits in a hurry. */
  private void warmUp() throws Exception {
    try (Load load = Load.start(stack, "warm-up", WARM_UP, PATIENT, random, 0)) {
      load.awaitAllTold();
    }
  }

  private static void pause(Duration time) {
    await().pollDelay(time).atMost(time.plusMinutes(1)).until(() -> true);
  }
}
