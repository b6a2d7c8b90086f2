package io.imageaudit.notification.delivery;

/**
 * The end of one attempt.
 *
 * @param claim what was attempted
 * @param log what happened
 * @param outcome what follows
 * @param signal what it says about the endpoint
 */
record Settlement(Claim claim, AttemptLog log, DeliveryOutcome outcome, Signal signal) {

  /** Leaves out what was sent: many may wait to be written. */
  Settlement {
    claim = claim.withoutBody();
  }
}
