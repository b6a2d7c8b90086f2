package io.imageaudit.local.chaos;

import static org.awaitility.Awaitility.await;

import io.imageaudit.local.StackUnderTest;
import io.imageaudit.local.layout.PartName;
import io.imageaudit.local.layout.PortName;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;

/**
 * One service after the other is replaced while audits run, as Kubernetes does it with {@code
 * maxSurge: 1, maxUnavailable: 0}: a new process is ready before the old one is stopped in order.
 */
@EnabledIfSystemProperty(named = "chaos.audits", matches = "[0-9]+")
class RollingRestartIT {

  private static final Duration DEADLINE = Duration.ofMinutes(5);
  private static final List<PartName> SERVICES =
      List.of(PartName.GATEWAY, PartName.INTAKE, PartName.WORKER, PartName.NOTIFICATION);

  private final ChaosSize size = ChaosSize.orElse(0, 150, Duration.ZERO);

  @Test
  void audits_go_on_while_one_service_after_the_other_is_replaced(@TempDir Path home)
      throws Exception {
    try (Balancer gateways = Balancer.start();
        Balancer intakes = Balancer.start()) {
      StackUnderTest stack =
          StackUnderTest.startQuick(
              home, List.of("gateway.image-audit.intake.url=" + intakes.url()));
      gateways.add(stack.ports().of(PortName.GATEWAY));
      intakes.add(stack.ports().of(PortName.INTAKE));
      replaceAll(stack, gateways, Map.of(PartName.GATEWAY, gateways, PartName.INTAKE, intakes));
      stack.launcher().destroy();
      stack.launcher().waitFor();
    }
  }

  private void replaceAll(
      StackUnderTest stack, Balancer gateways, Map<PartName, Balancer> balancers) throws Exception {
    SplittableRandom random = new SplittableRandom(size.seed());
    try (Load load =
        Load.start(
            stack,
            gateways.url(),
            "rolling",
            size.audits(),
            size.perSecond(),
            DEADLINE,
            random,
            0)) {
      for (int i = 0; i < SERVICES.size(); i++) {
        int point = size.audits() * i / (SERVICES.size() + 1);
        await().atMost(Load.PATIENCE).until(() -> load.told() >= point);
        replace(stack, SERVICES.get(i), balancers);
      }
      load.awaitAllTold();

      new Outcome(stack, "rolling", load).check();
    }
  }

  /** A second process takes over while the first one is away. */
  private static void replace(
      StackUnderTest stack, PartName service, Map<PartName, Balancer> balancers)
      throws IOException, InterruptedException {
    Balancer balancer = balancers.get(service);
    Faults faults = new Faults(stack);
    try (Twin twin = Twin.start(stack, service)) {
      if (balancer == null) {
        faults.restart(service);
        return;
      }
      int port = stack.ports().of(PortName.valueOf(service.name()));
      balancer.add(twin.port());
      balancer.remove(port);
      faults.restart(service);
      balancer.add(port);
      balancer.remove(twin.port());
    }
  }
}
