package io.imageaudit.intake.ingest;

import io.imageaudit.model.AuditId;
import io.imageaudit.model.AuditRequest;
import io.imageaudit.model.Failure;
import io.imageaudit.model.FailureCode;
import io.imageaudit.model.ImageSource;
import io.imageaudit.model.Priority;
import io.imageaudit.model.TenantId;
import io.imageaudit.model.event.AuditConcluded;
import io.imageaudit.model.event.AuditEvent;
import io.imageaudit.model.event.AuditSubmitted;
import io.imageaudit.model.kafka.EventPublisher;
import io.imageaudit.model.kafka.Heard;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.UUID;

/** Submissions whose content does not matter. */
final class Submissions {

  private Submissions() {}

  static AuditSubmitted submission() {
    Instant now = Instant.now();
    return new AuditSubmitted(
        new AuditId(UUID.randomUUID()),
        new AuditRequest(
            new TenantId("acme"),
            "sku-1",
            null,
            "default",
            null,
            Priority.INTERACTIVE,
            "0af7651916cd43dd8448eb211c80319c",
            now,
            now.plus(Duration.ofMinutes(1))),
        new ImageSource.Remote(URI.create("http://shop.example/a.jpg")));
  }

  static Heard<AuditSubmitted> heard(AuditSubmitted submitted) {
    return new Heard<>(submitted, EventPublisher.submission(submitted));
  }

  /** The end of any of them. */
  static AuditEvent end(AuditSubmitted submitted) {
    return AuditConcluded.failed(
        submitted.auditId(),
        submitted.request(),
        new Failure(FailureCode.NOT_AN_IMAGE, "The bytes are not an image."),
        null,
        Instant.now());
  }
}
