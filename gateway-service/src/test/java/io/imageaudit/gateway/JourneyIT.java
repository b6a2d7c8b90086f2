package io.imageaudit.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.imageaudit.model.AuditStatus;
import io.imageaudit.model.Category;
import io.imageaudit.model.ContentDigest;
import io.imageaudit.model.Finding;
import io.imageaudit.model.FindingSource;
import io.imageaudit.model.ImageFacts;
import io.imageaudit.model.ImageSource;
import io.imageaudit.model.PolicyRef;
import io.imageaudit.model.TraceParent;
import io.imageaudit.model.Verdict;
import io.imageaudit.model.VerdictSource;
import io.imageaudit.model.event.AuditConcluded;
import io.imageaudit.model.event.AuditEvent;
import io.imageaudit.model.event.AuditIngested;
import io.imageaudit.model.event.AuditNotified;
import io.imageaudit.model.event.AuditSubmitted;
import io.imageaudit.model.kafka.EventPublisher;
import io.imageaudit.model.kafka.EventTopic;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** One audit from the door's point of view: submit, and see each step of it. */
@GatewayTest
class JourneyIT {

  private static final byte[] PICTURE = "any bytes; the door does not look inside".getBytes();

  private final Door door;
  private final EventPublisher events;

  JourneyIT(Door door, EventPublisher events) {
    this.door = door;
    this.events = events;
  }

  @Test
  void an_audit_shows_every_step_from_queued_to_notified() {
    Answer receipt =
        door.submit(
            """
            {"image_url": "https://shop.example/a.jpg", "callback": "https://shop.example/hook",
             "timeout_sec": 30, "reference": "sku-1/main", "strategy": "strict",
             "image_role": "main", "priority": "bulk"}
            """);
    assertThat(receipt.status()).isEqualTo(202);
    assertThat(receipt.code()).isEqualTo("ACCEPTED");
    assertThat(receipt.header("Location")).isEqualTo("/v1/audits/" + receipt.auditId());
    AuditSubmitted submitted = Topics.hear(EventTopic.SUBMITTED, receipt.auditId(), 1).getFirst();
    assertThat(submitted.image())
        .isEqualTo(new ImageSource.Remote(URI.create("https://shop.example/a.jpg")));
    assertThat(submitted.request().traceId()).isEqualTo(receipt.header("X-Trace-ID"));
    assertThat(status(receipt)).isEqualTo("QUEUED");

    say(
        EventTopic.INGESTED,
        new AuditIngested(submitted.auditId(), submitted.request(), facts(), Instant.now()));
    awaitStatus(receipt, "INGESTED");

    say(EventTopic.CONCLUDED, concluded(submitted));
    awaitStatus(receipt, "COMPLETED");
    Answer done = door.get("/v1/audits/" + receipt.auditId());
    assertThat(done.data().path("verdict").asString()).isEqualTo("BLOCK");
    assertThat(done.data().path("is_safe").asBoolean()).isFalse();
    assertThat(done.data().path("violations").path(0).asString()).isEqualTo("divert.qrcode");
    assertThat(done.data().path("reference").asString()).isEqualTo("sku-1/main");
    assertThat(done.data().path("deliveries").isEmpty()).isTrue();

    say(EventTopic.NOTIFIED, notified(submitted));
    await()
        .atMost(Duration.ofSeconds(20))
        .until(() ->
            door.get("/v1/audits/" + receipt.auditId()).data().path("deliveries").size() == 1);
    say(
        EventTopic.INGESTED,
        new AuditIngested(submitted.auditId(), submitted.request(), facts(), Instant.now()));
    say(
        EventTopic.CONCLUDED,
        AuditConcluded.expired(submitted.auditId(), submitted.request(), null, Instant.now()));
    Answer marker = door.submit("{\"image_url\": \"https://shop.example/b.jpg\"}");
    AuditSubmitted later = Topics.hear(EventTopic.SUBMITTED, marker.auditId(), 1).getFirst();
    say(EventTopic.CONCLUDED, concluded(later));
    awaitStatus(marker, "COMPLETED");
    assertThat(status(receipt)).isEqualTo("COMPLETED");
  }

  @Test
  void base64_and_file_part_arrive_as_stored_content() {
    Answer inline =
        door.submit(
            "{\"image_base64\": \"%s\"}".formatted(Base64.getEncoder().encodeToString(PICTURE)));
    Answer file = door.send(door.form("/v1/audits", "image", PICTURE, Map.of("timeout_sec", "7")));
    assertThat(List.of(inline.status(), file.status())).containsOnly(202);
    ImageSource.Stored expected = new ImageSource.Stored(ContentDigest.of(PICTURE), PICTURE.length);
    AuditSubmitted first = Topics.hear(EventTopic.SUBMITTED, inline.auditId(), 1).getFirst();
    AuditSubmitted second = Topics.hear(EventTopic.SUBMITTED, file.auditId(), 1).getFirst();
    assertThat(List.of(first.image(), second.image())).containsOnly(expected);
    assertThat(Duration.between(second.request().submittedAt(), second.request().deadline()))
        .isEqualTo(Duration.ofSeconds(7));
  }

  private String status(Answer receipt) {
    return door.get("/v1/audits/" + receipt.auditId()).data().path("status").asString();
  }

  private void awaitStatus(Answer receipt, String status) {
    await().atMost(Duration.ofSeconds(20)).until(() -> status(receipt).equals(status));
  }

  private <E extends AuditEvent> void say(EventTopic<E> topic, E event) {
    events.publish(topic, event, TraceParent.start(new Random(7)));
  }

  private static ImageFacts facts() {
    return new ImageFacts(ContentDigest.of(PICTURE), "jpeg", 640, 480, PICTURE.length, 1, null);
  }

  private static AuditConcluded concluded(AuditSubmitted submitted) {
    Finding finding =
        new Finding(
            new Category("divert.qrcode"),
            "qr_code",
            0.97,
            Verdict.BLOCK,
            FindingSource.IMAGE,
            "demo",
            null,
            null);
    return new AuditConcluded(
        submitted.auditId(),
        submitted.request(),
        1,
        AuditStatus.COMPLETED,
        Verdict.BLOCK,
        VerdictSource.MACHINE,
        List.of(finding),
        false,
        List.of(),
        new PolicyRef("strict", "v1"),
        facts(),
        null,
        Instant.now(),
        null,
        null);
  }

  private static AuditNotified notified(AuditSubmitted submitted) {
    return new AuditNotified(
        submitted.auditId(),
        submitted.request(),
        1,
        UUID.randomUUID(),
        URI.create("https://shop.example/hook"),
        AuditNotified.Outcome.DELIVERED,
        1,
        200,
        Instant.now());
  }
}
