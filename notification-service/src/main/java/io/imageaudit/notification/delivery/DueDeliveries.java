package io.imageaudit.notification.delivery;

import io.imageaudit.model.TenantId;
import java.util.List;
import java.util.Set;
import java.util.UUID;

/** The deliveries that are left to do, of all tenants; shared by all replicas. */
interface DueDeliveries {

  /**
   * Takes deliveries that are due, a few of each endpoint and as many for each tenant, under a
   * lease. What is not settled when its lease ends is due again.
   *
   * @param most how many at most
   * @param busy tenants to leave out
   */
  List<Claim> claim(int most, Set<TenantId> busy);

  /**
   * Begins the leases of claims anew. One that somebody else holds by now is left alone.
   *
   * @return identities of the claims that were still ours; one may be left out while its delivery
   *     is locked
   */
  Set<UUID> renew(List<Claim> claims);

  /**
   * Wakes endpoints whose deliveries are due although nobody knows.
   *
   * @return how many there were
   */
  int sweep();

  /** What is due and could be claimed. */
  Backlog backlog();

  /**
   * Ends deliveries of halted endpoints as skipped.
   *
   * @return how many there were
   */
  int skipHalted();
}
