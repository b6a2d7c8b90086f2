package io.imageaudit.gateway.submit;

import io.imageaudit.model.AuditId;
import io.imageaudit.model.AuditStatus;

/**
 * What is answered to a submission.
 *
 * @param auditId ask for it at {@code /v1/audits/{audit_id}}
 * @param status always QUEUED
 */
record Receipt(AuditId auditId, AuditStatus status) {}
