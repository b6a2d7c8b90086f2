package io.imageaudit.notification.delivery;

import java.time.Duration;

/** What follows from attempts, as the statements that settle them take it. */
final class JdbcOutcomes {

  private JdbcOutcomes() {}

  /** Until it is due again. */
  static Duration pauseOf(DeliveryOutcome outcome) {
    return switch (outcome) {
      case DeliveryOutcome.RetryAfterPause retry -> retry.pause();
      case DeliveryOutcome.Deferred deferred -> deferred.pause();
      case DeliveryOutcome.Delivered _, DeliveryOutcome.GivenUp _ -> Duration.ZERO;
    };
  }

  /** A status, or {@link JdbcSettleSql#DEFERRED}. */
  static String nameOf(DeliveryOutcome outcome) {
    return outcome instanceof DeliveryOutcome.Deferred
        ? JdbcSettleSql.DEFERRED
        : status(outcome).name();
  }

  /** What the delivery is from now on. */
  static DeliveryStatus status(DeliveryOutcome outcome) {
    return switch (outcome) {
      case DeliveryOutcome.Delivered _ -> DeliveryStatus.DELIVERED;
      case DeliveryOutcome.RetryAfterPause _, DeliveryOutcome.Deferred _ -> DeliveryStatus.PENDING;
      case DeliveryOutcome.GivenUp end ->
          switch (end.reason()) {
            case EXHAUSTED -> DeliveryStatus.EXHAUSTED;
            case GONE -> DeliveryStatus.GONE;
            case ABORTED -> DeliveryStatus.ABORTED;
            case FORBIDDEN_ADDRESS -> DeliveryStatus.FORBIDDEN_ADDRESS;
          };
    };
  }
}
