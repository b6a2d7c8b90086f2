package io.imageaudit.worker.audit;

import io.imageaudit.model.AuditId;
import io.imageaudit.model.event.AuditConcluded;
import io.imageaudit.model.event.AuditIngested;
import io.imageaudit.model.kafka.Heard;
import io.imageaudit.model.trace.Step;
import io.imageaudit.model.trace.StepKind;
import io.imageaudit.model.trace.Traces;
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
  private final Traces traces;
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();

  RunAudits(
      RunAudit one, AuditLedger ledger, ReuseKeys keys, ReusableVerdicts reusable, Traces traces) {
    this.one = one;
    this.ledger = ledger;
    this.keys = keys;
    this.reusable = reusable;
    this.traces = traces;
  }

  /**
   * Runs.
   *
   * @return how each ended, in the same order; a future that failed says why
   */
  List<Future<AuditOutcome>> run(List<Heard<AuditIngested>> heard) {
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
  private Map<AuditId, AuditConcluded> alike(List<Heard<AuditIngested>> heard) {
    Map<AuditId, String> wanted = new HashMap<>();
    for (Heard<AuditIngested> each : heard) {
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
      Heard<AuditIngested> heard,
      Map<AuditId, AuditConcluded> stored,
      Map<AuditId, AuditConcluded> alike) {
    AuditIngested event = heard.event();
    try (MDC.MDCCloseable _ = MDC.putCloseable("audit_id", event.auditId().toString());
        MDC.MDCCloseable _ = MDC.putCloseable("tenant", event.request().tenant().value());
        MDC.MDCCloseable _ = MDC.putCloseable("trace_id", event.request().traceId());
        Step step = traces.begin(StepKind.CONSUMER, "audit", heard.saidBy());
        MDC.MDCCloseable _ = MDC.putCloseable("span_id", step.place().spanId())) {
      return one.run(event, stored.get(event.auditId()), alike.get(event.auditId()), step.place());
    }
  }
}
