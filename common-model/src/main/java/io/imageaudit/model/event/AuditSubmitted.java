package io.imageaudit.model.event;

import io.imageaudit.model.AuditId;
import io.imageaudit.model.AuditRequest;
import io.imageaudit.model.ImageSource;

/**
 * An image was accepted for audit.
 *
 * @param auditId which audit
 * @param request what was asked
 * @param image where its bytes are to be had
 */
public record AuditSubmitted(AuditId auditId, AuditRequest request, ImageSource image)
    implements AuditEvent {}
