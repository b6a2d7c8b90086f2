package io.imageaudit.worker.record;

import io.imageaudit.model.AuditId;
import io.imageaudit.model.event.AuditConcluded;
import java.util.Collection;
import java.util.List;
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
  default AuditConcluded record(AuditRecord entry) {
    return recordAll(List.of(entry)).getFirst();
  }

  /**
   * Adds records, each as {@link #record} does; all or none of them when this fails.
   *
   * @return what the stored records say, in the entries' order
   */
  List<AuditConcluded> recordAll(List<AuditRecord> entries);

  /** What one record says, if there is one. */
  Optional<AuditConcluded> find(AuditId audit, int verdictSeq);

  /** What the newest record of an audit says, if there is one. */
  Optional<AuditConcluded> latest(AuditId audit);

  /** What the first records of these audits say, as far as there are any. */
  Map<AuditId, AuditConcluded> first(Collection<AuditId> audits);
}
