package io.imageaudit.worker.record;

import io.imageaudit.model.AuditId;
import io.imageaudit.model.event.AuditConcluded;
import java.util.Collection;
import java.util.Map;

/** The audit records. Rows are only ever added. */
public interface AuditLedger {

  /**
   * Adds a record, unless there is one of the same audit and verdict number.
   *
   * @return what the stored record says, whoever added it
   */
  AuditConcluded record(AuditRecord entry);

  /** What the first records of these audits say, as far as there are any. */
  Map<AuditId, AuditConcluded> first(Collection<AuditId> audits);
}
