package io.imageaudit.gateway.status;

import io.imageaudit.model.event.AuditNotified;
import java.net.URI;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A callback that has ended.
 *
 * @param deliveryId its identity
 * @param verdictSeq which verdict was told
 * @param callback where it was told
 * @param outcome delivered or given up
 * @param attempts number of HTTP tries
 * @param lastStatus HTTP status of the last try, if there was an answer
 * @param notifiedAt when it ended
 */
record DeliveryView(
    UUID deliveryId,
    int verdictSeq,
    URI callback,
    AuditNotified.Outcome outcome,
    int attempts,
    @Nullable Integer lastStatus,
    Instant notifiedAt) {

  static DeliveryView of(AuditNotified event) {
    return new DeliveryView(
        event.deliveryId(),
        event.verdictSeq(),
        event.callback(),
        event.outcome(),
        event.attempts(),
        event.lastStatus(),
        event.notifiedAt());
  }
}
