package io.imageaudit.notification.delivery;

import java.time.Duration;

/**
 * What waits although nothing stands in its way: neither its time, nor an endpoint that is disabled
 * or left alone for a while.
 *
 * @param due how many deliveries
 * @param oldest how long the first of them has been due
 */
record Backlog(long due, Duration oldest) {

  static final Backlog NONE = new Backlog(0, Duration.ZERO);
}
