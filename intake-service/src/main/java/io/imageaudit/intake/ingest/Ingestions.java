package io.imageaudit.intake.ingest;

import io.imageaudit.intake.fetch.FetchReceipt;
import io.imageaudit.intake.image.ImageDetails;
import io.imageaudit.model.AuditId;
import io.imageaudit.model.ImageFacts;
import io.imageaudit.model.TenantId;
import io.imageaudit.model.event.AuditEvent;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What came of each submission, so that a submission that is read twice has one outcome. */
interface Ingestions {

  /** The event that the audit's ingestion ended with, if it ended. */
  Optional<AuditEvent> find(AuditId auditId);

  /**
   * Remembers how an audit's ingestion ended, unless it is known already.
   *
   * @param event AuditIngested or AuditConcluded
   * @param receipt where the bytes came from, if they were fetched
   * @param at when it ended
   * @return the event that counts: this one, or the one that came first
   */
  AuditEvent record(AuditEvent event, @Nullable FetchReceipt receipt, Instant at);

  /** Remembers an image whose bytes are in the store. */
  void image(TenantId tenant, ImageFacts facts, ImageDetails details, Instant at);
}
