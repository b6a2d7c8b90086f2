package io.imageaudit.notification.delivery;

import io.imageaudit.model.AuditId;
import io.imageaudit.model.TenantId;
import io.imageaudit.notification.endpoint.SendingStyle;
import java.net.URI;
import java.time.Instant;
import java.util.HexFormat;
import java.util.UUID;

/**
 * One delivery, ours until its lease ends.
 *
 * @param claimId identity of the claim
 * @param deliveryId identity of the delivery
 * @param endpointId whose queue it stands in
 * @param eventId what is told
 * @param tenant who is told
 * @param auditId which audit it is about
 * @param verdictSeq which verdict of the audit
 * @param url where to
 * @param attempt which attempt this is, from 1
 * @param occurredAt when the audit ended
 * @param traceId trace of the audit
 * @param body what is sent
 * @param turn which try of the retry schedule this is, from 1
 * @param style how the receiver is told
 */
record Claim(
    UUID claimId,
    UUID deliveryId,
    UUID endpointId,
    UUID eventId,
    TenantId tenant,
    AuditId auditId,
    int verdictSeq,
    URI url,
    int attempt,
    Instant occurredAt,
    String traceId,
    byte[] body,
    int turn,
    SendingStyle style) {

  private static final byte[] NOTHING = {};

  /** The same without what is sent: what is kept after an attempt must be small. */
  Claim withoutBody() {
    return new Claim(
        claimId,
        deliveryId,
        endpointId,
        eventId,
        tenant,
        auditId,
        verdictSeq,
        url,
        attempt,
        occurredAt,
        traceId,
        NOTHING,
        turn,
        style);
  }

  /** The message's identity, {@code msg_} and 32 hexadecimal digits: the same for each attempt. */
  String messageId() {
    return messageId(eventId);
  }

  static String messageId(UUID event) {
    HexFormat hex = HexFormat.of();
    return "msg_"
        + hex.toHexDigits(event.getMostSignificantBits())
        + hex.toHexDigits(event.getLeastSignificantBits());
  }
}
