package io.imageaudit.notification.delivery;

import io.imageaudit.model.TenantId;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Which deliveries to list, the newest first.
 *
 * @param tenant whose
 * @param auditId only of this audit
 * @param endpointId only to this receiver
 * @param status only with this status
 * @param httpStatus only those whose last try was answered so
 * @param fault only those whose last try failed so
 * @param from only planned at this time or later
 * @param to only planned before
 * @param cursor only behind this one
 * @param limit how many at most
 */
record DeliveryQuery(
    TenantId tenant,
    @Nullable UUID auditId,
    @Nullable UUID endpointId,
    @Nullable DeliveryStatus status,
    @Nullable Integer httpStatus,
    @Nullable String fault,
    @Nullable Instant from,
    @Nullable Instant to,
    @Nullable DeliveryCursor cursor,
    int limit) {}
