package io.imageaudit.notification.delivery;

import io.imageaudit.model.TenantId;
import java.util.List;
import tools.jackson.databind.JsonNode;

/**
 * All events of a tenant in the order in which they became known, for receivers that missed some.
 */
interface EventLog {

  /**
   * A place in the log.
   *
   * @param writer number of the transaction that wrote the event
   * @param position number of the event
   */
  record Place(long writer, long position) {

    /** Before all events. */
    static final Place START = new Place(0, 0);

    @Override
    public String toString() {
      return writer + "-" + position;
    }
  }

  /**
   * One event.
   *
   * @param messageId value of the header {@code webhook-id} of its deliveries
   * @param cursor the place behind it
   * @param event what receivers are sent
   */
  record Entry(String messageId, String cursor, JsonNode event) {}

  /**
   * Events behind a place. An event never appears before a place that was handed out already: those
   * of transactions that are still open are held back, with all that follow.
   */
  List<Entry> after(TenantId tenant, Place place, int limit);
}
