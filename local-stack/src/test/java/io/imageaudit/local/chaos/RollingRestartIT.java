package io.imageaudit.local.chaos;

import static org.awaitility.Awaitility.await;

import io.imageaudit.local.StackUnderTest;
import io.imageaudit.local.layout.PartName;
import java.time.Duration;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;

/** One service after the other is stopped in order and started again while audits run. */
@EnabledIfSystemProperty(named = "chaos.audits", matches = "[0-9]+")
class RollingRestartIT {

  private static final Duration DEADLINE = Duration.ofMinutes(5);

  private final StackUnderTest stack = StackUnderTest.shared();
  private final ChaosSize size = ChaosSize.orElse(0, 150, Duration.ZERO);

  @Test
  void audits_go_on_while_one_service_after_the_other_is_restarted() throws Exception {
    Faults faults = new Faults(stack);
    SplittableRandom random = new SplittableRandom(size.seed());
    List<PartName> services =
        List.of(PartName.GATEWAY, PartName.INTAKE, PartName.WORKER, PartName.NOTIFICATION);
    try (Load load = Load.start(stack, "rolling", size.audits(), DEADLINE, random, 0)) {
      for (int i = 0; i < services.size(); i++) {
        int point = size.audits() * i / (services.size() + 1);
        await().atMost(Load.PATIENCE).until(() -> load.told() >= point);
        faults.restart(services.get(i));
      }
      load.awaitAllTold();

      new Outcome(stack, "rolling", load).check();
    }
  }
}
