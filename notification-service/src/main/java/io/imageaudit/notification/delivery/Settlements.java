package io.imageaudit.notification.delivery;

import java.util.List;

/** What came of attempts. */
interface Settlements {

  /**
   * Writes what came of attempts, and what follows for their endpoints. What is no longer ours
   * changes nothing but the log.
   */
  void settle(List<Settlement> settlements);
}
