package io.imageaudit.notification.notify;

import io.imageaudit.model.AuditStatus;

/** Names of the kinds of events that receivers are told. */
final class EventType {

  private EventType() {}

  /**
   * The kind of event that an ended audit is.
   *
   * @throws IllegalArgumentException when it has not ended
   */
  static String of(AuditStatus status) {
    return switch (status) {
      case COMPLETED -> "image.audit.concluded";
      case FAILED -> "image.audit.failed";
      case EXPIRED -> "image.audit.expired";
      case QUEUED, INGESTED ->
          throw new IllegalArgumentException("status: " + status + " (expected: a final one)");
    };
  }
}
