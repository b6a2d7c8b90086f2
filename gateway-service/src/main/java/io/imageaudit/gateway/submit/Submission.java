package io.imageaudit.gateway.submit;

import io.imageaudit.model.TenantId;
import io.imageaudit.model.TraceParent;
import org.jspecify.annotations.Nullable;

/**
 * A request to audit one image.
 *
 * @param tenant who asks
 * @param order what is asked
 * @param repeat marks repetitions of the request, if the client asked for that
 * @param trace the step that asks
 */
record Submission(
    TenantId tenant, AuditOrder order, @Nullable RepeatKey repeat, TraceParent trace) {}
