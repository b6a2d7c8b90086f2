package io.imageaudit.worker.audit;

import io.imageaudit.model.AuditId;
import io.imageaudit.model.TraceParent;
import io.imageaudit.model.event.AuditConcluded;
import io.imageaudit.model.event.AuditIngested;
import io.imageaudit.worker.record.AuditLedger;
import io.imageaudit.worker.record.ReusableVerdicts;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.slf4j.MDC;

/** Runs all audits of one poll at the same time; their records are looked up in one statement. */
final class RunAudits implements AutoCloseable {

  private final RunAudit one;
  private final AuditLedger ledger;
  private final ReuseKeys keys;
  private final ReusableVerdicts reusable;
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();

  RunAudits(RunAudit one, AuditLedger ledger, ReuseKeys keys, ReusableVerdicts reusable) {
    this.one = one;
    this.ledger = ledger;
    this.keys = keys;
    this.reusable = reusable;
  }

  /**
   * Runs.
   *
   * @return how each ended, in the same order; a future that failed says why
   */
  List<Future<AuditOutcome>> run(List<Heard> heard) {
    Map<AuditId, AuditConcluded> stored =
        ledger.first(heard.stream().map(each -> each.event().auditId()).toList());
    Map<AuditId, AuditConcluded> alike = alike(heard);
    List<Callable<AuditOutcome>> runs =
        heard.stream().<Callable<AuditOutcome>>map(each -> () -> run(each, stored, alike)).toList();
    try {
      return threads.invokeAll(runs);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while audits run", e);
    }
  }

  @Override
  public void close() {
    threads.close();
  }

  /** Verdicts that count for these audits, looked up in one statement at most. */
  private Map<AuditId, AuditConcluded> alike(List<Heard> heard) {
    Map<AuditId, String> wanted = new HashMap<>();
    for (Heard each : heard) {
      keys.of(each.event()).ifPresent(key -> wanted.put(each.event().auditId(), key));
    }
    Map<String, AuditConcluded> found = reusable.find(Set.copyOf(wanted.values()));
    Map<AuditId, AuditConcluded> alike = new HashMap<>();
    wanted.forEach((audit, key) -> {
      AuditConcluded verdict = found.get(key);
      if (verdict != null) {
        alike.put(audit, verdict);
      }
    });
    return alike;
  }

  private AuditOutcome run(
      Heard heard, Map<AuditId, AuditConcluded> stored, Map<AuditId, AuditConcluded> alike) {
    AuditIngested event = heard.event();
    try (MDC.MDCCloseable _ = MDC.putCloseable("audit_id", event.auditId().toString());
        MDC.MDCCloseable _ = MDC.putCloseable("tenant", event.request().tenant().value());
        MDC.MDCCloseable _ = MDC.putCloseable("trace_id", event.request().traceId())) {
      return one.run(event, stored.get(event.auditId()), alike.get(event.auditId()), heard.trace());
    }
  }

  /**
   * An event and the step that runs it.
   *
   * @param event what was heard
   * @param trace the step
   */
  record Heard(AuditIngested event, TraceParent trace) {}
}
