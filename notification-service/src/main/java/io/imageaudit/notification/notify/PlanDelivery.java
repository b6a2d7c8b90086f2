package io.imageaudit.notification.notify;

import io.imageaudit.model.event.AuditConcluded;
import io.imageaudit.notification.delivery.Wakeup;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.UUID;

/** Plans who is told that an audit has ended, and wakes those who tell. Sends nothing itself. */
final class PlanDelivery {

  private final DeliveryPlans plans;
  private final CallbackBody body;
  private final Wakeup wakeup;

  PlanDelivery(DeliveryPlans plans, CallbackBody body, Wakeup wakeup) {
    this.plans = plans;
    this.body = body;
    this.wakeup = wakeup;
  }

  /** Plans all of them, or none. */
  void plan(List<AuditConcluded> concluded) {
    int planned = plans.record(concluded.stream().map(this::planned).toList());
    if (planned > 0) {
      wakeup.nudge();
    }
  }

  private PlannedEvent planned(AuditConcluded concluded) {
    URI callback = concluded.request().callback();
    return new PlannedEvent(
        idOf(concluded),
        concluded,
        EventType.of(concluded.status()),
        body.of(concluded),
        callback == null ? List.of() : List.of(callback));
  }

  /** Derived from the verdict, so that even after a loss of data a receiver sees the same id. */
  private static UUID idOf(AuditConcluded concluded) {
    String name = concluded.auditId() + "/" + concluded.verdictSeq();
    return UUID.nameUUIDFromBytes(name.getBytes(StandardCharsets.UTF_8));
  }
}
