package io.imageaudit.notification.delivery;

import io.imageaudit.model.TenantId;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** All deliveries, done and left to do, as their tenants see them. */
interface DeliveryLedger {

  /** What became of the wish to send again. */
  enum Resend {
    /** It is due now. */
    QUEUED,
    /** There is no such delivery. */
    UNKNOWN,
    /** A newer verdict of the audit has been delivered to the same address. */
    SUPERSEDED,
    /** The receiver is disabled. */
    DISABLED
  }

  List<DeliveryView> list(DeliveryQuery query);

  Optional<DeliveryView> find(TenantId tenant, UUID delivery);

  /** All tries, in order. */
  List<AttemptView> attempts(UUID delivery);

  /** Makes a delivery due now, with all tries of the schedule before it. */
  Resend resend(TenantId tenant, UUID delivery);
}
