package io.imageaudit.gateway.status;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import io.imageaudit.model.AuditResult;
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
}
