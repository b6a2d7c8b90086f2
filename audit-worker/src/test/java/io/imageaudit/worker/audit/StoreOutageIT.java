package io.imageaudit.worker.audit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.imageaudit.model.Verdict;
import io.imageaudit.model.event.AuditIngested;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

/** The content store goes away and comes back. */
class StoreOutageIT extends WorkerBed {

  /** Longer than it takes to try a few times and give up. */
  private static final Duration OUTAGE = Duration.ofSeconds(4);

  @Test
  void while_the_content_store_is_away_audits_wait() throws IOException {
    AuditIngested event = ingested(picture(300, 300), Duration.ofSeconds(60));
    Path there = STORE.resolve(TENANT.value());
    Path away = Files.move(there, STORE.resolve("away"));
    try {
      say(event);
      Instant back = Instant.now().plus(OUTAGE);
      await().atMost(OUTAGE.multipliedBy(2)).until(() -> Instant.now().isAfter(back));
      assertThat(concluded.of(event.auditId())).isEmpty();
    } finally {
      Files.move(away, there);
    }

    assertThat(awaitFirst(event).verdict()).isEqualTo(Verdict.PASS);
  }
}
