package io.imageaudit.notification.notify;

import io.imageaudit.model.event.AuditConcluded;
import java.util.List;
import java.util.UUID;

/**
 * An event, and who is to be told.
 *
 * @param id identity, the same however often it is planned
 * @param concluded what happened
 * @param type name of the kind of event, as receivers see it
 * @param body what receivers are sent
 * @param callbacks where to tell it
 */
record PlannedEvent(
    UUID id, AuditConcluded concluded, String type, byte[] body, List<Callback> callbacks) {

  /** Copies the callbacks. */
  PlannedEvent {
    callbacks = List.copyOf(callbacks);
  }
}
