package io.imageaudit.worker.audit;

import io.imageaudit.model.event.AuditConcluded;

/** How a run of an audit ended. */
sealed interface AuditOutcome {

  /**
   * It was recorded and said.
   *
   * @param event what was said
   */
  record Concluded(AuditConcluded event) implements AuditOutcome {}

  /**
   * A check could not look, and there is time to let it look again.
   *
   * @param reason what is away
   */
  record Postponed(String reason) implements AuditOutcome {}
}
