package io.imageaudit.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.imageaudit.model.ContentDigest;
import io.imageaudit.model.ImageSource;
import io.imageaudit.model.TraceParent;
import io.imageaudit.model.event.AuditConcluded;
import io.imageaudit.model.event.AuditEvent;
import io.imageaudit.model.event.AuditIngested;
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
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** One audit from the door's point of view: submit, and see each step of it. */
@GatewayTest
class JourneyIT {

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
        new AuditIngested(submitted.auditId(), submitted.request(), Events.facts(), Instant.now()));
    awaitStatus(receipt, "INGESTED");

    say(EventTopic.CONCLUDED, Events.concluded(submitted));
    awaitStatus(receipt, "COMPLETED");
    Answer done = door.get("/v1/audits/" + receipt.auditId());
    assertThat(done.data().path("verdict").asString()).isEqualTo("BLOCK");
    assertThat(done.data().path("is_safe").asBoolean()).isFalse();
    assertThat(done.data().path("violations").path(0).asString()).isEqualTo("divert.qrcode");
    assertThat(done.data().path("reference").asString()).isEqualTo("sku-1/main");
    assertThat(done.data().path("coverage").path("tiles").asInt()).isEqualTo(3);
    assertThat(done.data().has("evidence")).isFalse();
    assertThat(done.data().path("deliveries").isEmpty()).isTrue();

    assertRecord(door.get("/v1/audits/" + receipt.auditId() + "/record").data());

    say(EventTopic.NOTIFIED, Events.notified(submitted));
    await()
        .atMost(Duration.ofSeconds(20))
        .until(() ->
            door.get("/v1/audits/" + receipt.auditId()).data().path("deliveries").size() == 1);
    say(
        EventTopic.INGESTED,
        new AuditIngested(submitted.auditId(), submitted.request(), Events.facts(), Instant.now()));
    say(
        EventTopic.CONCLUDED,
        AuditConcluded.expired(submitted.auditId(), submitted.request(), null, Instant.now()));
    Answer marker = door.submit("{\"image_url\": \"https://shop.example/b.jpg\"}");
    AuditSubmitted later = Topics.hear(EventTopic.SUBMITTED, marker.auditId(), 1).getFirst();
    say(EventTopic.CONCLUDED, Events.concluded(later));
    awaitStatus(marker, "COMPLETED");
    assertThat(status(receipt)).isEqualTo("COMPLETED");
  }

  @Test
  void base64_and_file_part_arrive_as_stored_content() {
    Answer inline =
        door.submit(
            "{\"image_base64\": \"%s\"}"
                .formatted(Base64.getEncoder().encodeToString(Events.PICTURE)));
    Answer file =
        door.send(door.form("/v1/audits", "image", Events.PICTURE, Map.of("timeout_sec", "7")));
    assertThat(List.of(inline.status(), file.status())).containsOnly(202);
    ImageSource.Stored expected =
        new ImageSource.Stored(ContentDigest.of(Events.PICTURE), Events.PICTURE.length);
    AuditSubmitted first = Topics.hear(EventTopic.SUBMITTED, inline.auditId(), 1).getFirst();
    AuditSubmitted second = Topics.hear(EventTopic.SUBMITTED, file.auditId(), 1).getFirst();
    assertThat(List.of(first.image(), second.image())).containsOnly(expected);
    assertThat(Duration.between(second.request().submittedAt(), second.request().deadline()))
        .isEqualTo(Duration.ofSeconds(7));
  }

  private static void assertRecord(JsonNode entry) {
    JsonNode evidence = entry.path("evidence");
    JsonNode check = evidence.path("checks").path(0);
    assertThat(check.path("model").asString()).isEqualTo("nsfw");
    assertThat(check.path("version").asString()).isEqualTo("3");
    assertThat(check.path("scores").path("qr_code").asDouble()).isEqualTo(0.97);
    assertThat(evidence.path("thresholds").path("divert.qrcode").path("block").asDouble())
        .isEqualTo(0.8);
    assertThat(evidence.path("check_millis").asLong()).isEqualTo(31);
    assertThat(entry.path("policy").path("version").asString()).isEqualTo("v1");
    assertThat(entry.path("image").path("sha256").asString()).isEqualTo(Events.JUDGED.hex());
    assertThat(entry.path("coverage").path("tiles_seen").asInt()).isEqualTo(2);
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
}
