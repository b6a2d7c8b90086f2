package io.imageaudit.notification.delivery;

import java.util.List;

/** The deliveries that are left to do, of all tenants; shared by all replicas. */
interface DueDeliveries {

  /**
   * Takes deliveries that are due, a few of each endpoint, under a lease. What is not settled when
   * its lease ends is due again.
   *
   * @param most how many at most
   */
  List<Claim> claim(int most);

  /** Writes what came of attempts. What is no longer ours changes nothing but the log. */
  void settle(List<Settlement> settlements);

  /**
   * Wakes endpoints whose deliveries are due although nobody knows.
   *
   * @return how many there were
   */
  int sweep();
}
