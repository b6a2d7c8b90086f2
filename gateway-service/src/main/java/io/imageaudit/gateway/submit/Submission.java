package io.imageaudit.gateway.submit;

import io.imageaudit.model.TenantId;
import io.imageaudit.model.TraceParent;
import org.jspecify.annotations.Nullable;

/**
 * A request to audit one image.
 *
 * @param tenant who asks
 * @param order what is asked
 * @param idempotencyKey marks repetitions of the request
 * @param trace the step that asks
 */
record Submission(
    TenantId tenant, AuditOrder order, @Nullable String idempotencyKey, TraceParent trace) {}
