package io.imageaudit.intake.ingest;

import io.imageaudit.intake.image.ImageDetails;
import io.imageaudit.model.AuditId;
import io.imageaudit.model.ImageFacts;
import io.imageaudit.model.TenantId;
import io.imageaudit.model.event.AuditEvent;
import java.time.Instant;
import java.util.Optional;

/** What came of each submission, so that a submission that is read twice has one outcome. */
interface Ingestions {

  /** The event that the audit's ingestion ended with, if it ended. */
  Optional<AuditEvent> find(AuditId auditId);

  /**
   * Remembers how an audit's ingestion ended, unless it is known already.
   *
   * @param event AuditIngested or AuditConcluded
   * @param at when it ended
   * @return the event that counts: this one, or the one that came first
   */
  AuditEvent record(AuditEvent event, Instant at);

  /** Remembers an image whose bytes are in the store. */
  void image(TenantId tenant, ImageFacts facts, ImageDetails details, Instant at);
}
