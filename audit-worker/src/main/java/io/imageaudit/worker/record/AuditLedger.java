package io.imageaudit.worker.record;

import io.imageaudit.model.AuditId;
import io.imageaudit.model.event.AuditConcluded;
import java.util.Collection;
import java.util.Map;
import java.util.Optional;

/** The audit records. Rows are only ever added. */
public interface AuditLedger {

  /**
   * Adds a record, and with it the note that it is unfinished, unless there is one of the same
   * audit and verdict number.
   *
   * @return what the stored record says, whoever added it
   */
  AuditConcluded record(AuditRecord entry);

  /** What one record says, if there is one. */
  Optional<AuditConcluded> find(AuditId audit, int verdictSeq);

  /** What the first records of these audits say, as far as there are any. */
  Map<AuditId, AuditConcluded> first(Collection<AuditId> audits);
}
