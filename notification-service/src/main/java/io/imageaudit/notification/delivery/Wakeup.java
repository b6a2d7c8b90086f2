package io.imageaudit.notification.delivery;

/** Lets whoever plans deliveries wake those who make them. */
@FunctionalInterface
public interface Wakeup {

  /** PostgreSQL channel that wakes all replicas when a transaction that notifies it commits. */
  String CHANNEL = "image_audit_deliveries_due";

  /** There may be something due. */
  void nudge();
}
