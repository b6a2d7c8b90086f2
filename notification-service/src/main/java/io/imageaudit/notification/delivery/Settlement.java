package io.imageaudit.notification.delivery;

/**
 * The end of one attempt.
 *
 * @param claim what was attempted
 * @param log what happened
 * @param outcome what follows
 */
record Settlement(Claim claim, AttemptLog log, DeliveryOutcome outcome) {}
