package io.imageaudit.notification.delivery;

import java.time.Duration;

/** What follows from an attempt. */
sealed interface DeliveryOutcome {

  /** The receiver has it. */
  record Delivered() implements DeliveryOutcome {}

  /**
   * To be tried again.
   *
   * @param pause from now
   */
  record RetryAfterPause(Duration pause) implements DeliveryOutcome {}

  /**
   * Nothing was sent and no try is spent: to be tried later.
   *
   * @param pause from now
   */
  record Deferred(Duration pause) implements DeliveryOutcome {}

  /**
   * Not to be tried again.
   *
   * @param reason why
   */
  record GivenUp(Reason reason) implements DeliveryOutcome {}

  /** Why a delivery is given up. */
  enum Reason {
    /** All attempts of the schedule failed. */
    EXHAUSTED,
    /** The receiver says that it is gone for good (410). */
    GONE,
    /** The receiver asks not to be sent this message again. */
    ABORTED,
    /** The address is not one that may be connected to. */
    FORBIDDEN_ADDRESS
  }
}
