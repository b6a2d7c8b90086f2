package io.imageaudit.model.event;

import io.imageaudit.model.AuditId;
import io.imageaudit.model.AuditRequest;

/** Something that happened to an audit. */
public sealed interface AuditEvent
    permits AuditSubmitted, AuditIngested, AuditConcluded, AuditNotified {

  /** The audit that it happened to; the key of the event's record. */
  AuditId auditId();

  /** What the tenant asked for. */
  AuditRequest request();
}
