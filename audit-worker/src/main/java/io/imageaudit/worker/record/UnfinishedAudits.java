package io.imageaudit.worker.record;

import io.imageaudit.model.AuditId;
import io.imageaudit.model.event.AuditIngested;
import java.time.Duration;
import java.util.List;

/** Audits whose verdict was degraded because a check was away, to be finished when it is back. */
public interface UnfinishedAudits {

  /**
   * Takes audits that are due, so that nobody else does for a while.
   *
   * @param most how many
   * @param lease how long they are kept from others
   */
  List<AuditIngested> take(int most, Duration lease);

  /** Puts one off; it is given up when that is later than it may be finished. */
  void putOff(AuditId audit, Duration pause);

  /** There is nothing more to do for this one. */
  void remove(AuditId audit);
}
