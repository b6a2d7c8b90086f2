package io.imageaudit.worker.audit;

import static java.nio.ByteOrder.LITTLE_ENDIAN;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.grpc.Status;
import io.imageaudit.model.AuditId;
import io.imageaudit.model.AuditRequest;
import io.imageaudit.model.AuditStatus;
import io.imageaudit.model.Category;
import io.imageaudit.model.ContentDigest;
import io.imageaudit.model.FailureCode;
import io.imageaudit.model.Finding;
import io.imageaudit.model.ImageFacts;
import io.imageaudit.model.Priority;
import io.imageaudit.model.TenantId;
import io.imageaudit.model.TraceParent;
import io.imageaudit.model.Verdict;
import io.imageaudit.model.VerdictSource;
import io.imageaudit.model.event.AuditConcluded;
import io.imageaudit.model.event.AuditIngested;
import io.imageaudit.model.kafka.EventCodec;
import io.imageaudit.model.kafka.EventPublisher;
import io.imageaudit.model.kafka.EventTopic;
import io.imageaudit.test.RealServers;
import io.imageaudit.worker.inference.FaultyModelServer;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import javax.imageio.ImageIO;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.TestConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.kafka.core.KafkaTemplate;
import org.springframework.test.context.ContextConfiguration;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;
import tools.jackson.databind.json.JsonMapper;

/** The worker between real Kafka, real PostgreSQL and a model server on a real port. */
@SpringBootTest(webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT)
@ContextConfiguration(initializers = RealServers.class)
class AuditWorkerIT {

  private static final TenantId TENANT = new TenantId("acme");
  private static final AtomicInteger PICTURES = new AtomicInteger();
  private static final FaultyModelServer MODEL = new FaultyModelServer();

  @TempDir private static Path store;

  @Autowired private EventPublisher publisher;
  @Autowired private ConcludedEvents concluded;
  @Autowired private JdbcClient jdbc;
  @Autowired private KafkaTemplate<String, byte[]> kafka;

  @DynamicPropertySource
  static void properties(DynamicPropertyRegistry registry) {
    registry.add("image-audit.models.demo.endpoint", MODEL::endpoint);
    registry.add("image-audit.models.demo.call-timeout", () -> "2s");
    registry.add("image-audit.store.directory", store::toString);
    registry.add("image-audit.policy.directory", () -> "../policies");
    registry.add("image-audit.audit.hold-at-most", () -> "2s");
    registry.add("image-audit.audit.finish-every", () -> "500ms");
    registry.add("image-audit.audit.consumers", () -> "2");
    registry.add(
        "resilience4j.circuitbreaker.configs.models.wait-duration-in-open-state", () -> "1s");
  }

  @TestConfiguration(proxyBeanMethods = false)
  static class Ears {
    @Bean
    ConcludedEvents concludedEvents(EventCodec codec) {
      return new ConcludedEvents(codec);
    }
  }

  @BeforeEach
  void reset() {
    MODEL.reset();
  }

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
    var evidence = JsonMapper.shared().readTree(evidence(event));
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
    assertThat(JsonMapper.shared().readTree(evidence(second)).get("reused_from").asString())
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

  private void say(AuditIngested event) {
    publisher.publish(EventTopic.INGESTED, event, TraceParent.start(new Random()));
  }

  private AuditConcluded awaitFirst(AuditIngested event) {
    await().atMost(Duration.ofSeconds(30)).until(() -> !concluded.of(event.auditId()).isEmpty());
    return concluded.of(event.auditId()).getFirst();
  }

  private static @Nullable FailureCode code(AuditConcluded said) {
    return said.error() == null ? null : said.error().code();
  }

  private String evidence(AuditIngested event) {
    return jdbc.sql("select concluded->'evidence' from audit_record where audit_id = ?")
        .param(event.auditId().value())
        .query(String.class)
        .single();
  }

  private void awaitFinished(AuditIngested event) {
    await()
        .until(() ->
            jdbc.sql("select count(*) = 0 from unfinished_audit where audit_id = ?")
                .param(event.auditId().value())
                .query(Boolean.class)
                .single());
  }

  private long records(AuditIngested event) {
    return jdbc.sql("select count(*) from audit_record where audit_id = ?")
        .param(event.auditId().value())
        .query(Long.class)
        .single();
  }

  private AuditIngested ingested(byte[] bytes, Duration left) {
    ContentDigest digest = put(bytes);
    Instant now = Instant.now();
    AuditRequest request =
        new AuditRequest(
            TENANT,
            null,
            null,
            "default",
            null,
            Priority.INTERACTIVE,
            "0af7651916cd43dd8448eb211c80319c",
            now,
            now.plus(left));
    ImageFacts facts = new ImageFacts(digest, "png", 300, 300, bytes.length, 1, null);
    return new AuditIngested(new AuditId(UUID.randomUUID()), request, facts, now);
  }

  private static ContentDigest put(byte[] bytes) {
    ContentDigest digest = ContentDigest.of(bytes);
    try {
      Files.createDirectories(file(digest).getParent());
      Files.write(file(digest), bytes);
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
    return digest;
  }

  private static Path file(ContentDigest digest) {
    return store
        .resolve(TENANT.value())
        .resolve(digest.hex().substring(0, 2))
        .resolve(digest.hex());
  }

  private static byte[] whitePicture() {
    BufferedImage image = new BufferedImage(300, 300, BufferedImage.TYPE_INT_RGB);
    for (int at = 0; at < 300 * 300; at++) {
      image.setRGB(at % 300, at / 300, 0xffffff);
    }
    return png(image);
  }

  private static byte[] picture(int width, int height) {
    BufferedImage image = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
    image.setRGB(0, 0, PICTURES.incrementAndGet()); // No two have the same bytes.
    return png(image);
  }

  private static byte[] png(BufferedImage image) {
    ByteArrayOutputStream file = new ByteArrayOutputStream();
    try {
      ImageIO.write(image, "png", file);
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
    return file.toByteArray();
  }
}
