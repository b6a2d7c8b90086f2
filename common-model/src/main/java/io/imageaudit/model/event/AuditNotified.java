package io.imageaudit.model.event;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.imageaudit.model.AuditId;
import io.imageaudit.model.AuditRequest;
import java.net.URI;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A callback was delivered or given up.
 *
 * @param auditId which audit
 * @param request what was asked
 * @param verdictSeq which verdict was told
 * @param deliveryId identity of the delivery
 * @param callback where it was told
 * @param outcome how it ended
 * @param attempts number of HTTP tries
 * @param lastStatus HTTP status of the last try, if there was an answer
 * @param notifiedAt when it ended
 */
public record AuditNotified(
    AuditId auditId,
    AuditRequest request,
    int verdictSeq,
    UUID deliveryId,
    URI callback,
    Outcome outcome,
    int attempts,
    @Nullable Integer lastStatus,
    Instant notifiedAt)
    implements AuditEvent {

  /** How a delivery ended. */
  public enum Outcome {
    @JsonProperty("delivered")
    DELIVERED,
    @JsonProperty("given_up")
    GIVEN_UP
  }
}
