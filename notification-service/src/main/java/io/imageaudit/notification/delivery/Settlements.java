package io.imageaudit.notification.delivery;

import java.util.List;
import java.util.UUID;

/** What came of attempts. */
interface Settlements {

  /**
   * Writes what came of attempts, and what follows for their endpoints. What is no longer ours
   * changes nothing but the log.
   *
   * @return the deliveries that have ended by it, which this replica is to tell of; when it does
   *     not for a while, another one will
   */
  List<UUID> settle(List<Settlement> settlements);

  /** Keeps what cannot be settled from being made again for an hour. It has cost a try. */
  void putOff(Claim claim);
}
