package io.imageaudit.model;

import java.net.URI;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What a tenant asked for: carried, unchanged, by each event of the audit, so that every service
 * can do its step from the event alone.
 *
 * @param tenant who asked
 * @param reference the tenant's own name for the image, echoed everywhere
 * @param callback where to tell the result; none when the tenant polls or has a default
 * @param strategy name of the policy to apply
 * @param imageRole what the image is used for
 * @param priority whether somebody waits
 * @param traceId W3C trace id, 32 lower-case hexadecimal digits
 * @param submittedAt when it was accepted
 * @param deadline when a verdict is of no more use
 */
public record AuditRequest(
    TenantId tenant,
    @Nullable String reference,
    @Nullable URI callback,
    String strategy,
    @Nullable ImageRole imageRole,
    Priority priority,
    String traceId,
    Instant submittedAt,
    Instant deadline) {}
