package io.imageaudit.notification.delivery;

/** What has become of a delivery, as it is stored. */
enum DeliveryStatus {
  /** Not at its end. */
  PENDING,
  /** The receiver has it. */
  DELIVERED,
  /** A newer verdict was delivered before. */
  SUPERSEDED,
  /** The receiver was disabled. */
  SKIPPED,
  /** All tries of the schedule failed. */
  EXHAUSTED,
  /** The receiver is gone for good, and disabled. */
  GONE,
  /** The receiver asked not to be sent it again. */
  ABORTED,
  /** The address is not one that may be connected to. */
  FORBIDDEN_ADDRESS
}
