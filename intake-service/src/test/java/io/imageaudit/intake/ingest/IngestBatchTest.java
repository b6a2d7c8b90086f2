package io.imageaudit.intake.ingest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.imageaudit.model.AuditId;
import io.imageaudit.model.event.AuditEvent;
import io.imageaudit.model.event.AuditSubmitted;
import io.imageaudit.model.kafka.Heard;
import io.imageaudit.model.kafka.TransientFaults;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.springframework.kafka.listener.BatchListenerFailedException;

@Timeout(30)
class IngestBatchTest {

  private final CountDownLatch end = new CountDownLatch(1);
  private final Set<AuditId> slow = ConcurrentHashMap.newKeySet();
  private final LeasesInMemory remembered = new LeasesInMemory();

  @AfterEach
  void letAllEnd() {
    end.countDown();
  }

  @Test
  void a_submission_that_cannot_be_remembered_is_named_and_those_before_it_are_done() {
    List<Heard<AuditSubmitted>> batch = batch(3);
    slow.add(batch.get(1).event().auditId());
    remembered.goAway();

    assertThatExceptionOfType(BatchListenerFailedException.class)
        .isThrownBy(() -> batch(256, Duration.ofMinutes(1)).ingest(batch))
        .satisfies(failed -> {
          assertThat(failed.getIndex()).isOne();
          assertThat(TransientFaults.passesByItself(failed)).isTrue();
        });
  }

  @Test
  void a_submission_is_not_waited_for_without_end_while_the_slow_lane_is_full() {
    List<Heard<AuditSubmitted>> batch = batch(3);
    batch.forEach(each -> slow.add(each.event().auditId()));

    assertThatExceptionOfType(BatchListenerFailedException.class)
        .isThrownBy(() -> batch(2, Duration.ofMillis(200)).ingest(batch))
        .satisfies(failed -> {
          assertThat(failed.getIndex()).isEqualTo(2);
          assertThat(TransientFaults.passesByItself(failed)).isTrue();
        });
    assertThat(remembered.size()).isEqualTo(2);
  }

  @Test
  void a_place_that_becomes_free_on_the_slow_lane_is_taken() {
    List<Heard<AuditSubmitted>> batch = batch(2);
    batch.forEach(each -> slow.add(each.event().auditId()));
    IngestBatch ingestion = batch(1, Duration.ofMinutes(1));
    Thread.ofVirtual()
        .start(() -> {
          Awaitility.await().until(() -> remembered.size() == 1);
          end.countDown();
        });

    ingestion.ingest(batch);
    Awaitility.await().until(() -> remembered.size() == 0);
  }

  private List<Heard<AuditSubmitted>> batch(int size) {
    return java.util.stream.Stream.generate(Submissions::submission)
        .limit(size)
        .map(Submissions::heard)
        .toList();
  }

  private IngestBatch batch(int places, Duration longestWait) {
    IngestSettings settings =
        new IngestSettings(
            Duration.ofMillis(50),
            places,
            Duration.ofMinutes(1),
            Duration.ofSeconds(5),
            Duration.ZERO,
            4);
    Ingestion ingestion = new Steps();
    SlowLane lane = new SlowLane(remembered, ingestion, settings, InstantSource.system());
    return new IngestBatch(ingestion, lane, settings, longestWait);
  }

  /** Ingests all at once but the slow ones, which end when the test does. */
  private final class Steps implements Ingestion {

    @Override
    public AuditEvent ingest(Heard<AuditSubmitted> heard) {
      if (slow.contains(heard.event().auditId())) {
        try {
          end.await();
        } catch (InterruptedException _) {
          Thread.currentThread().interrupt();
        }
      }
      return Submissions.end(heard.event());
    }

    @Override
    public AuditEvent giveUp(Heard<AuditSubmitted> heard, String fault) {
      return Submissions.end(heard.event());
    }
  }
}
