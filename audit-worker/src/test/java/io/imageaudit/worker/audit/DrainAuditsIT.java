package io.imageaudit.worker.audit;

import static org.assertj.core.api.Assertions.assertThat;

import io.imageaudit.model.Verdict;
import io.imageaudit.model.event.AuditIngested;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.context.ConfigurableApplicationContext;

/** A worker that stops hears nothing new; one that starts again does. */
class DrainAuditsIT extends WorkerBed {

  @Autowired private ConfigurableApplicationContext worker;

  @Test
  void a_worker_that_starts_again_hears_again() {
    worker.stop();
    worker.start();
    AuditIngested event = ingested(picture(300, 300), Duration.ofSeconds(60));

    say(event);

    assertThat(awaitFirst(event).verdict()).isEqualTo(Verdict.PASS);
  }
}
