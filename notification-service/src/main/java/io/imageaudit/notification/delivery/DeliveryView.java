package io.imageaudit.notification.delivery;

import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A delivery as its tenant sees it.
 *
 * @param deliveryId identity
 * @param messageId value of the header {@code webhook-id}
 * @param auditId which audit
 * @param verdictSeq which verdict
 * @param eventType what is told
 * @param endpointId which receiver
 * @param url where to
 * @param status PENDING, DELIVERED, SUPERSEDED, SKIPPED, EXHAUSTED, GONE, ABORTED or
 *     FORBIDDEN_ADDRESS
 * @param attempts number of HTTP tries
 * @param lastStatus HTTP status of the last try, if there was an answer
 * @param lastFault why the last try had no answer
 * @param createdAt when it was planned
 * @param endedAt when it ended
 * @param nextAttemptAt when it is tried next
 */
record DeliveryView(
    UUID deliveryId,
    String messageId,
    UUID auditId,
    int verdictSeq,
    String eventType,
    UUID endpointId,
    String url,
    String status,
    int attempts,
    @Nullable Integer lastStatus,
    @Nullable String lastFault,
    Instant createdAt,
    @Nullable Instant endedAt,
    @Nullable Instant nextAttemptAt) {}
