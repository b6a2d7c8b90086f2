package io.imageaudit.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.imageaudit.model.TraceParent;
import io.imageaudit.model.event.AuditSubmitted;
import io.imageaudit.model.kafka.EventPublisher;
import io.imageaudit.model.kafka.EventTopic;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.Random;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** Erasing bytes that more than one audit is of. */
@GatewayTest
class EraseIT {

  private final Door door;
  private final EventPublisher events;

  EraseIT(Door door, EventPublisher events) {
    this.door = door;
    this.events = events;
  }

  @Test
  void bytes_that_another_audit_still_needs_are_not_erased() {
    byte[] picture = UUID.randomUUID().toString().getBytes(StandardCharsets.UTF_8);
    AuditSubmitted first = submit(picture);
    AuditSubmitted second = submit(picture);
    AuditSubmitted third = submit(UUID.randomUUID().toString().getBytes(StandardCharsets.UTF_8));
    end(first);
    assertThat(erase(first).status()).isEqualTo(409);
    assertThat(erase(first).code()).isEqualTo("CONFLICT");
    end(second);
    assertThat(erase(first).status()).isEqualTo(200);
    assertThat(erase(third).status()).isEqualTo(409);
  }

  private AuditSubmitted submit(byte[] picture) {
    Answer receipt =
        door.send(door.form("/v1/audits", "image", picture, Map.of("timeout_sec", "600")));
    assertThat(receipt.status()).isEqualTo(202);
    return Topics.hear(EventTopic.SUBMITTED, receipt.auditId(), 1).getFirst();
  }

  private void end(AuditSubmitted event) {
    events.publish(EventTopic.CONCLUDED, Events.failed(event), TraceParent.start(new Random(3)));
    await()
        .atMost(Duration.ofSeconds(20))
        .until(
            () -> door.get("/v1/audits/" + event.auditId()).data().path("status").asString(""),
            "FAILED"::equals);
  }

  private Answer erase(AuditSubmitted event) {
    return door.send(door.request("/v1/audits/" + event.auditId() + "/image").DELETE());
  }
}
