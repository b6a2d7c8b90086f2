package io.imageaudit.worker.record;

import io.imageaudit.model.AuditId;
import io.imageaudit.model.Finding;
import io.imageaudit.model.event.AuditConcluded;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Counts the verdicts that this worker added, and what was found. */
final class CountedAuditLedger implements AuditLedger {

  private final AuditLedger next;
  private final MeterRegistry meters;

  CountedAuditLedger(AuditLedger next, MeterRegistry meters) {
    this.next = next;
    this.meters = meters;
  }

  @Override
  public AuditConcluded record(AuditRecord entry) {
    AuditConcluded stored = next.record(entry);
    count(entry, stored);
    return stored;
  }

  @Override
  public List<AuditConcluded> recordAll(List<AuditRecord> entries) {
    List<AuditConcluded> stored = new ArrayList<>(next.recordAll(entries));
    for (int at = 0; at < stored.size(); at++) {
      count(entries.get(at), stored.get(at));
    }
    return stored;
  }

  @Override
  public Optional<AuditConcluded> find(AuditId audit, int verdictSeq) {
    return next.find(audit, verdictSeq);
  }

  @Override
  public Optional<AuditConcluded> latest(AuditId audit) {
    return next.latest(audit);
  }

  @Override
  public Map<AuditId, AuditConcluded> first(Collection<AuditId> audits) {
    return next.first(audits);
  }

  private void count(AuditRecord entry, AuditConcluded stored) {
    if (stored.verdict() == null || !stored.equals(entry.concluded())) {
      return;
    }
    String degraded = Boolean.toString(stored.degraded());
    meters
        .counter("image.audit.verdicts", "verdict", stored.verdict().name(), "degraded", degraded)
        .increment();
    for (Finding finding : stored.findings()) {
      String category = finding.category().code();
      meters
          .counter("image.audit.findings", "category", category, "action", finding.action().name())
          .increment();
    }
  }
}
