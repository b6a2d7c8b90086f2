package io.imageaudit.model.event;

import io.imageaudit.model.AuditId;
import io.imageaudit.model.AuditRequest;
import io.imageaudit.model.ImageFacts;
import java.time.Instant;

/**
 * The image's bytes are in the content store and are known to be an image.
 *
 * @param auditId which audit
 * @param request what was asked
 * @param image what is known about the image
 * @param ingestedAt when it was stored
 */
public record AuditIngested(
    AuditId auditId, AuditRequest request, ImageFacts image, Instant ingestedAt)
    implements AuditEvent {}
