package io.imageaudit.notification.notify;

import java.util.List;

/** The events that are told, each once, and the deliveries that follow from them. */
interface DeliveryPlans {

  /**
   * Records events with their deliveries, all or none. An event of an audit's verdict that is known
   * already changes nothing: the first one counts.
   *
   * @return how many were new
   */
  int record(List<PlannedEvent> events);
}
