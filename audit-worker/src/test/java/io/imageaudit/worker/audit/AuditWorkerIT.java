package io.imageaudit.worker.audit;

import static java.nio.ByteOrder.LITTLE_ENDIAN;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.grpc.Status;
import io.imageaudit.model.AuditStatus;
import io.imageaudit.model.Category;
import io.imageaudit.model.Coverage;
import io.imageaudit.model.FailureCode;
import io.imageaudit.model.Finding;
import io.imageaudit.model.Verdict;
import io.imageaudit.model.VerdictSource;
import io.imageaudit.model.event.AuditConcluded;
import io.imageaudit.model.event.AuditIngested;
import io.imageaudit.model.kafka.EventTopic;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.springframework.dao.DataAccessException;

/** Verdicts and their records. */
class AuditWorkerIT extends WorkerBed {

  @Test
  void a_stored_image_gets_a_verdict_with_its_evidence() {
    MODEL.score(0.1f, 0.95f, 0.6f, 0.2f);
    AuditIngested event = ingested(picture(320, 240), Duration.ofSeconds(60));

    say(event);

    AuditConcluded said = awaitFirst(event);
    assertThat(said.status()).isEqualTo(AuditStatus.COMPLETED);
    assertThat(said.verdict()).isEqualTo(Verdict.BLOCK);
    assertThat(said.findings())
        .extracting(Finding::category)
        .containsExactly(new Category("divert.qrcode"), new Category("overlay.watermark"));
    assertThat(said.degraded()).isFalse();
    assertThat(said.policy()).isNotNull();
    var evidence = recorded(event).get("evidence");
    var check = evidence.get("checks").get(0);
    assertThat(check.get("model").asString()).isEqualTo("demo");
    assertThat(check.get("version").asString()).isEqualTo("7");
    assertThat(check.get("scores").get("qr_code").asDouble()).isBetween(0.949, 0.951);
    assertThat(evidence.get("thresholds").get("divert.qrcode").get("block").asDouble())
        .isEqualTo(0.8);
    assertThat(MODEL.requests().getFirst().getInputs(0).getShapeList())
        .containsExactly(1L, 3L, 224L, 224L);
  }

  @Test
  void a_long_picture_is_looked_at_tile_by_tile_and_the_highest_score_counts() {
    MODEL.scorePerPicture(tile -> new float[] {0, tile == 2 ? 0.9f : 0, 0, 0});
    AuditIngested event = ingested(picture(100, 420), 100, 420, Duration.ofSeconds(60));

    say(event);

    AuditConcluded said = awaitFirst(event);
    assertThat(said.verdict()).isEqualTo(Verdict.BLOCK);
    assertThat(said.coverage()).isEqualTo(new Coverage(1, 1, 5, 5));
    assertThat(
            recorded(event)
                .get("evidence")
                .get("checks")
                .get(0)
                .get("scores")
                .get("qr_code")
                .asDouble())
        .isBetween(0.899, 0.901);
    assertThat(recorded(event).get("coverage").get("tiles_seen").asInt()).isEqualTo(5);
  }

  @Test
  void an_event_heard_twice_is_judged_once_and_answered_twice_alike() {
    AuditIngested event = ingested(picture(300, 300), Duration.ofSeconds(60));

    say(event);
    AuditConcluded first = awaitFirst(event);
    say(event);

    await().atMost(Duration.ofSeconds(20)).until(() -> concluded.of(event.auditId()).size() == 2);
    assertThat(concluded.of(event.auditId())).containsOnly(first);
    assertThat(records(event)).isEqualTo(1);
    assertThat(MODEL.requests()).hasSize(1);
  }

  @Test
  void past_its_deadline_an_audit_expires_without_a_look() {
    AuditIngested event = ingested(picture(300, 300), Duration.ofSeconds(-1));

    say(event);

    AuditConcluded said = awaitFirst(event);
    assertThat(said.status()).isEqualTo(AuditStatus.EXPIRED);
    assertThat(code(said)).isEqualTo(FailureCode.DEADLINE_EXCEEDED);
    assertThat(MODEL.requests()).isEmpty();
  }

  @Test
  void a_model_that_stays_away_makes_a_degraded_review_that_finishes_itself_later() {
    MODEL.fail(Status.UNAVAILABLE, Integer.MAX_VALUE);
    AuditIngested event = ingested(picture(300, 300), Duration.ofSeconds(6));

    say(event);

    AuditConcluded said = awaitFirst(event);
    assertThat(said.verdict()).isEqualTo(Verdict.REVIEW);
    assertThat(said.degraded()).isTrue();
    assertThat(said.missingChecks()).containsExactly("demo");
    assertThat(said.concludedAt()).isBefore(event.request().deadline());

    MODEL.reset();
    MODEL.score(0, 0.9f, 0, 0);
    await().atMost(Duration.ofSeconds(30)).until(() -> concluded.of(event.auditId()).size() == 2);
    AuditConcluded second = concluded.of(event.auditId()).getLast();
    assertThat(second.verdictSeq()).isEqualTo(2);
    assertThat(second.verdict()).isEqualTo(Verdict.BLOCK);
    assertThat(second.degraded()).isFalse();
    assertThat(records(event)).isEqualTo(2);
    awaitFinished(event);
  }

  @Test
  void a_model_that_comes_back_in_time_gives_a_full_verdict() {
    MODEL.fail(Status.UNAVAILABLE, 12);
    AuditIngested event = ingested(picture(300, 300), Duration.ofSeconds(60));

    say(event);

    AuditConcluded said = awaitFirst(event);
    assertThat(said.verdict()).isEqualTo(Verdict.PASS);
    assertThat(said.degraded()).isFalse();
  }

  @Test
  void nonsense_from_the_model_is_a_missing_check_and_never_a_pass() {
    MODEL.score(Float.NaN, 0, 0, 0);
    AuditIngested event = ingested(picture(300, 300), Duration.ofSeconds(60));

    say(event);

    AuditConcluded said = awaitFirst(event);
    assertThat(said.verdict()).isEqualTo(Verdict.REVIEW);
    assertThat(said.missingChecks()).containsExactly("demo");
  }

  @Test
  void the_same_bytes_are_judged_once() {
    MODEL.score(0, 0.9f, 0, 0);
    byte[] bytes = picture(300, 300);
    AuditIngested first = ingested(bytes, Duration.ofSeconds(60));
    say(first);
    AuditConcluded judged = awaitFirst(first);
    MODEL.reset();

    AuditIngested second = ingested(bytes, Duration.ofSeconds(60));
    say(second);

    AuditConcluded reused = awaitFirst(second);
    assertThat(reused.verdictSource()).isEqualTo(VerdictSource.REUSE);
    assertThat(reused.verdict()).isEqualTo(Verdict.BLOCK);
    assertThat(reused.findings()).isEqualTo(judged.findings());
    assertThat(MODEL.requests()).isEmpty();
    assertThat(recorded(second).get("evidence").get("reused_from").asString())
        .isEqualTo(first.auditId().toString());
  }

  @Test
  void one_poisoned_image_spoils_no_other() {
    List<AuditIngested> events = new ArrayList<>();
    for (int i = 0; i < 16; i++) {
      events.add(ingested(picture(210 + i, 200), Duration.ofSeconds(60)));
    }
    AuditIngested poisoned = ingested(whitePicture(), Duration.ofSeconds(60));
    events.add(8, poisoned);
    // The first number of a white picture is 1, of all others 0.
    MODEL.poison(batch -> {
      var raw = batch.getRawInputContents(0).asReadOnlyByteBuffer().order(LITTLE_ENDIAN);
      for (int at = 0; at < raw.capacity(); at += 3 * 224 * 224 * 4) {
        if (raw.getFloat(at + 4000) == 1f) {
          return true;
        }
      }
      return false;
    });

    events.forEach(this::say);

    for (AuditIngested event : events) {
      AuditConcluded said = awaitFirst(event);
      assertThat(said.verdict()).isEqualTo(event.equals(poisoned) ? Verdict.REVIEW : Verdict.PASS);
      assertThat(said.degraded()).isEqualTo(event.equals(poisoned));
    }
  }

  @Test
  void an_image_that_cannot_be_decoded_fails_with_its_code() {
    AuditIngested event = ingested(new byte[] {1, 2, 3}, Duration.ofSeconds(60));

    say(event);

    AuditConcluded said = awaitFirst(event);
    assertThat(said.status()).isEqualTo(AuditStatus.FAILED);
    assertThat(code(said)).isEqualTo(FailureCode.CORRUPT_IMAGE);
  }

  @Test
  void an_image_that_is_not_in_the_store_ends_as_a_fault_of_ours() throws IOException {
    AuditIngested event = ingested(picture(301, 300), Duration.ofSeconds(60));
    Files.delete(file(event.image().sha256()));

    say(event);

    AuditConcluded said = awaitFirst(event);
    assertThat(said.status()).isEqualTo(AuditStatus.FAILED);
    assertThat(code(said)).isEqualTo(FailureCode.INTERNAL_ERROR);
  }

  @Test
  void a_record_that_is_no_event_stops_nobody() {
    var _ =
        kafka.send(
            EventTopic.INGESTED_NAME,
            UUID.randomUUID().toString(),
            "garbage".getBytes(StandardCharsets.UTF_8));
    List<AuditIngested> events = new ArrayList<>();
    for (int i = 0; i < 20; i++) {
      events.add(ingested(picture(200 + i, 200), Duration.ofSeconds(60)));
    }

    events.forEach(this::say);

    events.forEach(event -> assertThat(awaitFirst(event).verdict()).isEqualTo(Verdict.PASS));
  }

  @Test
  void records_can_be_added_and_not_changed() {
    AuditIngested event = ingested(picture(300, 300), Duration.ofSeconds(60));
    say(event);
    awaitFirst(event);

    assertThatThrownBy(() -> jdbc.sql("update audit_record set tenant = 'x'").update())
        .isInstanceOf(DataAccessException.class);
    assertThatThrownBy(() -> jdbc.sql("delete from audit_record").update())
        .isInstanceOf(DataAccessException.class);
    assertThatThrownBy(() -> jdbc.sql("truncate audit_record").update())
        .isInstanceOf(DataAccessException.class);
  }
}
