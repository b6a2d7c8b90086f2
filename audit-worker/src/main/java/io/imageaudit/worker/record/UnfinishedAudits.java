package io.imageaudit.worker.record;

import io.imageaudit.model.AuditId;
import java.time.Duration;
import java.util.List;
import java.util.Set;

/** Audits whose verdict was degraded because a check was away, to be finished when it is back. */
public interface UnfinishedAudits {

  /**
   * Takes audits that are due, so that nobody else does for a while.
   *
   * @param most how many
   * @param lease how long they are kept from others
   * @param away names of checks that cannot look: audits that miss nothing else are left out
   */
  List<UnfinishedAudit> take(int most, Duration lease, Set<String> away);

  /**
   * Puts one off; it is given up when that is later than it may be finished.
   *
   * @param missing names of the checks that its last verdict lacks
   */
  void putOff(AuditId audit, Duration pause, Set<String> missing);

  /** There is nothing more to do for this one. */
  void remove(AuditId audit);
}
