package io.imageaudit.gateway.status;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import io.imageaudit.model.AuditResult;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;

/**
 * An audit as its tenant sees it.
 *
 * @param result how it stands
 * @param deliveries callbacks that have ended
 */
record AuditView(@JsonUnwrapped AuditResult result, List<DeliveryView> deliveries) {

  /** Copies the list. */
  AuditView {
    deliveries = List.copyOf(deliveries);
  }

  /** An entity tag (RFC 9110, section 8.8.3): changes whenever something of the audit does. */
  String version() {
    Instant last =
        deliveries.stream()
            .map(DeliveryView::notifiedAt)
            .max(Comparator.naturalOrder())
            .orElse(Instant.EPOCH);
    return "W/\"%s-%d-%d-%d\""
        .formatted(result.status(), result.verdictSeq(), deliveries.size(), last.toEpochMilli());
  }
}
