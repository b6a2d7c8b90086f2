package io.imageaudit.gateway.status;

import io.imageaudit.model.AuditId;
import io.imageaudit.model.AuditStatus;
import io.imageaudit.model.Category;
import io.imageaudit.model.Verdict;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Which audits are looked for. What is not given does not matter.
 *
 * @param status how far they have come
 * @param verdict their latest verdict
 * @param category a category of one of their findings
 * @param reference the tenant's own name for the image
 * @param from accepted then or later
 * @param to accepted earlier
 * @param before older than this one
 * @param limit how many, at most
 */
record AuditSearch(
    @Nullable AuditStatus status,
    @Nullable Verdict verdict,
    @Nullable Category category,
    @Nullable String reference,
    @Nullable Instant from,
    @Nullable Instant to,
    @Nullable AuditId before,
    int limit) {}
