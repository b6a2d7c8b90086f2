package io.imageaudit.local.chaos;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.imageaudit.local.StackUnderTest;
import io.imageaudit.local.layout.PartName;
import io.imageaudit.local.layout.Secrets;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;

/**
 * Services die in the middle of their work, again and again, and nothing is lost and nothing is
 * done twice. By default all of them do; {@code -Dchaos.victims=worker -Dchaos.kills=20
 * -Dchaos.audits=2000} lets one of them die more often.
 */
@EnabledIfSystemProperty(named = "chaos.kills", matches = "[0-9]+")
class KillsIT {

  private static final Duration DEADLINE = Duration.ofHours(1);

  /** Deliveries that one replica can have on their way to one endpoint. */
  private static final int MOST_IN_FLIGHT = 32;

  private final StackUnderTest stack = StackUnderTest.shared();
  private final ChaosSize size = ChaosSize.orElse(1, 200, Duration.ZERO);

  @Test
  void audits_outlive_the_death_of_services() throws Exception {
    SplittableRandom random = new SplittableRandom(size.seed());
    try (Twin _ = Twin.start(stack, PartName.NOTIFICATION);
        Load load =
            Load.start(stack, "kills", size.audits(), DEADLINE, random.split(), size.failing())) {
      killAll(load, random);
      load.awaitAllTold();

      new Outcome(stack, "kills", load).check();
      assertThat(load.receiver().duplicates())
          .isLessThanOrEqualTo(size.kills() * size.victims().size() * MOST_IN_FLIGHT);
    }
    if (size.victims().contains(PartName.INTAKE)) {
      everyImageHasItsBytesAndASweepLeavesNothingElse();
    }
  }

  private void killAll(Load load, SplittableRandom random) throws Exception {
    Faults faults = new Faults(stack);
    List<Future<Void>> killers = new ArrayList<>();
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      for (PartName victim : size.victims()) {
        killers.add(
            threads.submit(
                new Killer(
                    faults,
                    victim,
                    size.kills(),
                    load,
                    victim == PartName.GATEWAY ? load::accepted : load::told,
                    size.audits(),
                    random.split())));
      }
    }
    for (Future<Void> killer : killers) {
      killer.get();
    }
  }

  private void everyImageHasItsBytesAndASweepLeavesNothingElse() throws SQLException, IOException {
    StoredFiles files = StoredFiles.of(stack);
    try (JdbcAuditor auditor = JdbcAuditor.of(stack)) {
      List<String> images = auditor.images(Secrets.TENANT);
      assertThat(files.missing(Secrets.TENANT, images)).isEmpty();
      List<Path> orphans = files.strangers(images);
      System.out.printf(
          "chaos kills: %d images, %d files left over%n", images.size(), orphans.size());
      if (orphans.isEmpty()) {
        return;
      }
      StoredFiles.age(orphans);
      try (Twin _ =
          Twin.start(
              stack,
              PartName.INTAKE,
              "intake.image-audit.retention.orphan-age=1ms",
              "intake.image-audit.retention.sweep-every=500ms")) {
        await("the sweep")
            .atMost(Load.PATIENCE)
            .untilAsserted(() -> assertThat(files.strangers(images)).isEmpty());
      }
      assertThat(files.missing(Secrets.TENANT, images)).isEmpty();
    }
  }
}
