package io.imageaudit.worker.record;

import io.imageaudit.model.event.AuditIngested;
import java.util.Set;

/**
 * An audit whose verdict was degraded.
 *
 * @param event what to judge again
 * @param missing names of the checks that its last verdict lacks
 * @param tries how often it was put off
 */
public record UnfinishedAudit(AuditIngested event, Set<String> missing, int tries) {

  /** Copies the set. */
  public UnfinishedAudit {
    missing = Set.copyOf(missing);
  }
}
