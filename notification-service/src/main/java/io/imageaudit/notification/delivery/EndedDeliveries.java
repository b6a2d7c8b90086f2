package io.imageaudit.notification.delivery;

import io.imageaudit.model.event.AuditNotified;
import java.util.List;
import java.util.UUID;

/** Deliveries that have ended and of which the other services have not been told. */
interface EndedDeliveries {

  /** Those of these that have ended and have not been told. */
  List<AuditNotified> find(List<UUID> deliveries);

  /**
   * Takes some, the oldest first, for as long as telling of them may take.
   *
   * @param most how many at most
   */
  List<AuditNotified> take(int most);

  /** Remembers that the other services have been told. */
  void announced(List<AuditNotified> ended);
}
