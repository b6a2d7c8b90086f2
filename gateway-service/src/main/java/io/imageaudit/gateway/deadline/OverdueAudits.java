package io.imageaudit.gateway.deadline;

import io.imageaudit.model.event.AuditConcluded;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/** Audits that have not ended although their deadline and the grace after it have passed. */
interface OverdueAudits {

  /**
   * Takes some of them, as the event that ends each. An audit is handed out again only after a
   * pause, so that instances do not do the same work.
   *
   * @param now the time at which they end
   * @param grace how long after its deadline an audit may still be concluded by a worker
   * @param limit most to take
   */
  List<AuditConcluded> take(Instant now, Duration grace, int limit);
}
