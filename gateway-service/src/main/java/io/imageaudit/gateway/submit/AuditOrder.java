package io.imageaudit.gateway.submit;

import io.imageaudit.model.ImageRole;
import io.imageaudit.model.Priority;
import java.net.URI;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * An audit request that passed every check.
 *
 * @param image what to judge
 * @param callback where to tell the result
 * @param timeout how long a verdict is of use
 * @param reference the tenant's own name for the image
 * @param strategy name of a policy that exists
 * @param imageRole what the image is used for
 * @param priority whether somebody waits
 */
record AuditOrder(
    OfferedImage image,
    @Nullable URI callback,
    Duration timeout,
    @Nullable String reference,
    String strategy,
    @Nullable ImageRole imageRole,
    Priority priority) {}
