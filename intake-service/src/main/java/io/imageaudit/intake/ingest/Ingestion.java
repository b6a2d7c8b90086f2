package io.imageaudit.intake.ingest;

import io.imageaudit.model.event.AuditEvent;
import io.imageaudit.model.event.AuditSubmitted;
import io.imageaudit.model.kafka.Heard;

/** Ends submissions, one way or the other. */
interface Ingestion {

  /** Ingests one submission, as {@link IngestSubmission#ingest} does. */
  AuditEvent ingest(Heard<AuditSubmitted> heard);

  /** Gives one submission up, as {@link IngestSubmission#giveUp} does. */
  AuditEvent giveUp(Heard<AuditSubmitted> heard, String fault);
}
