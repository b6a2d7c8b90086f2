package io.imageaudit.worker.audit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.imageaudit.model.AuditStatus;
import io.imageaudit.model.Verdict;
import io.imageaudit.model.event.AuditConcluded;
import io.imageaudit.model.event.AuditIngested;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.test.annotation.DirtiesContext;
import org.springframework.test.context.TestPropertySource;

/** While a model is away, audits wait for it no longer than those behind them can. */
@DirtiesContext // A worker that holds so shortly is of no use to other tests.
@TestPropertySource(properties = "image-audit.audit.hold=2s")
class HoldIT extends WorkerBed {

  private static final Duration FAR = Duration.ofMinutes(10);
  private static final Duration NEAR = Duration.ofSeconds(20);

  @Autowired private KafkaPauses pauses;

  @Test
  void audits_behind_those_with_far_deadlines_are_decided_before_their_own() {
    MODEL.goAway();
    try {
      List<AuditIngested> ahead = stored(12, FAR);
      ahead.forEach(this::say);
      await().atMost(PATIENCE).until(() -> pauses.paused() > 0);
      List<AuditIngested> behind = stored(12, NEAR);
      behind.forEach(this::say);

      assertThat(Stream.concat(ahead.stream(), behind.stream()))
          .allSatisfy(event -> {
            AuditConcluded said = awaitFirst(event);
            assertThat(said.status()).isEqualTo(AuditStatus.COMPLETED);
            assertThat(said.verdict()).isEqualTo(Verdict.REVIEW);
            assertThat(said.degraded()).isTrue();
            assertThat(said.missingChecks()).containsExactly("demo");
            assertThat(said.concludedAt()).isBefore(event.request().deadline());
          });
    } finally {
      MODEL.comeBack();
    }
  }

  private List<AuditIngested> stored(int count, Duration left) {
    return Stream.generate(() -> ingested(picture(300, 300), left)).limit(count).toList();
  }
}
