package io.imageaudit.worker.audit;

import io.imageaudit.model.AuditId;
import io.imageaudit.model.TraceParent;
import io.imageaudit.model.event.AuditConcluded;
import io.imageaudit.model.event.AuditIngested;
import io.imageaudit.worker.record.AuditLedger;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.slf4j.MDC;

/** Runs all audits of one poll at the same time; their records are looked up in one statement. */
final class RunAudits implements AutoCloseable {

  private final RunAudit one;
  private final AuditLedger ledger;
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();

  RunAudits(RunAudit one, AuditLedger ledger) {
    this.one = one;
    this.ledger = ledger;
  }

  /**
   * Runs.
   *
   * @return how each ended, in the same order; a future that failed says why
   */
  List<Future<AuditOutcome>> run(List<Heard> heard) {
    Map<AuditId, AuditConcluded> stored =
        ledger.first(heard.stream().map(each -> each.event().auditId()).toList());
    List<Callable<AuditOutcome>> runs =
        heard.stream()
            .<Callable<AuditOutcome>>map(
                each -> () -> run(each, stored.get(each.event().auditId())))
            .toList();
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

  private AuditOutcome run(Heard heard, @org.jspecify.annotations.Nullable AuditConcluded stored) {
    AuditIngested event = heard.event();
    try (MDC.MDCCloseable _ = MDC.putCloseable("audit_id", event.auditId().toString());
        MDC.MDCCloseable _ = MDC.putCloseable("tenant", event.request().tenant().value());
        MDC.MDCCloseable _ = MDC.putCloseable("trace_id", event.request().traceId())) {
      return one.run(event, stored, heard.trace());
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
