package io.imageaudit.worker.audit;

import io.imageaudit.model.AuditId;
import io.imageaudit.model.TraceParent;
import io.imageaudit.model.event.AuditConcluded;
import io.imageaudit.model.event.AuditIngested;
import io.imageaudit.model.kafka.Heard;
import io.imageaudit.model.trace.Step;
import io.imageaudit.model.trace.StepKind;
import io.imageaudit.model.trace.Traces;
import io.imageaudit.worker.record.AuditLedger;
import io.imageaudit.worker.record.ReusableVerdicts;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.MDC;

/**
 * Runs all audits of one poll at the same time. Their records are looked up in one statement. One
 * that stays broken is put aside.
 */
final class RunAudits implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(RunAudits.class);
  private static final Duration LAST_MOMENT = Duration.ofSeconds(2);
  private static final int FIRST = 1;

  private final RunAudit one;
  private final AuditLedger ledger;
  private final ReuseKeys keys;
  private final ReusableVerdicts reusable;
  private final TryAgain tryAgain;
  private final Traces traces;
  private final Holding holding;
  private final Running running = new Running();
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();

  RunAudits(
      RunAudit one,
      AuditLedger ledger,
      ReuseKeys keys,
      ReusableVerdicts reusable,
      TryAgain tryAgain,
      Traces traces,
      Holding holding) {
    this.one = one;
    this.ledger = ledger;
    this.keys = keys;
    this.reusable = reusable;
    this.tryAgain = tryAgain;
    this.traces = traces;
    this.holding = holding;
  }

  /**
   * Starts them.
   *
   * @return completes when nothing runs any more, and says whether every audit has ended; when not,
   *     the poll must be heard again
   */
  CompletableFuture<Boolean> run(List<Heard<AuditIngested>> heard) {
    running.enter(heard.size());
    return begin(heard).whenComplete((_, _) -> running.leave(heard.size()));
  }

  private CompletableFuture<Boolean> begin(List<Heard<AuditIngested>> heard) {
    try {
      return CompletableFuture.supplyAsync(() -> tryAgain.untilWhole(() -> runAll(heard)), threads);
    } catch (RejectedExecutionException _) { // The worker stops; nobody is to blame.
      return CompletableFuture.completedFuture(false);
    }
  }

  /** Audits that were heard and have not ended. */
  Running running() {
    return running;
  }

  /** Ends at once; what has not ended will be heard again. */
  @Override
  public void close() {
    threads.shutdownNow();
    try {
      var _ = threads.awaitTermination(LAST_MOMENT.toNanos(), TimeUnit.NANOSECONDS);
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
  }

  private boolean runAll(List<Heard<AuditIngested>> heard) {
    Instant holdUntil =
        holding.until(heard.stream().map(each -> each.event().request().deadline()).toList());
    Optional<Known> known = lookUp(heard);
    List<CompletableFuture<Boolean>> runs =
        heard.stream()
            .map(each -> CompletableFuture.supplyAsync(() -> run(each, known, holdUntil), threads))
            .toList();
    return runs.stream().map(CompletableFuture::join).reduce(true, Boolean::logicalAnd);
  }

  /** Whether it has ended. Nothing that is wrong with one audit gets out to the others. */
  private boolean run(Heard<AuditIngested> heard, Optional<Known> known, Instant holdUntil) {
    return tryAgain.until(
        () -> watched(heard, known, holdUntil), fault -> giveUp(heard, heard.saidBy(), fault));
  }

  private boolean watched(Heard<AuditIngested> heard, Optional<Known> known, Instant holdUntil) {
    AtomicReference<Optional<Known>> once = new AtomicReference<>(known);
    AuditIngested event = heard.event();
    try (MDC.MDCCloseable _ = MDC.putCloseable("audit_id", event.auditId().toString());
        MDC.MDCCloseable _ = MDC.putCloseable("tenant", event.request().tenant().value());
        MDC.MDCCloseable _ = MDC.putCloseable("trace_id", event.request().traceId());
        Step step = traces.begin(StepKind.CONSUMER, "audit", heard.saidBy());
        MDC.MDCCloseable _ = MDC.putCloseable("span_id", step.place().spanId())) {
      return tryAgain.until(
          () -> attempt(heard, step.place(), once.getAndSet(Optional.empty()), holdUntil),
          fault -> giveUp(heard, step.place(), fault));
    }
  }

  /** Ends it as a fault of ours; one that cannot even be recorded is ended at its deadline. */
  private boolean giveUp(Heard<AuditIngested> heard, TraceParent trace, Throwable fault) {
    AuditIngested event = heard.event();
    return tryAgain.until(() -> one.fail(event, trace), _ -> true)
        && tryAgain.until(() -> one.putAside(event, trace, fault), _ -> true);
  }

  private boolean attempt(
      Heard<AuditIngested> heard, TraceParent trace, Optional<Known> known, Instant holdUntil) {
    AuditId audit = heard.event().auditId();
    AuditConcluded stored =
        known.isPresent()
            ? known.get().stored().get(audit)
            : ledger.find(audit, FIRST).orElse(null);
    AuditConcluded alike = known.isPresent() ? known.get().alike().get(audit) : null;
    return switch (one.run(heard.event(), stored, alike, holdUntil, trace)) {
      case AuditOutcome.Concluded _ -> true;
      case AuditOutcome.Postponed _ -> false;
    };
  }

  /** What is known of all of them; nothing when it cannot be had: each then looks for itself. */
  private Optional<Known> lookUp(List<Heard<AuditIngested>> heard) {
    try {
      return Optional.of(
          new Known(
              ledger.first(heard.stream().map(each -> each.event().auditId()).toList()),
              alike(heard)));
    } catch (RuntimeException e) {
      LOG.warn("records cannot be looked up together", e);
      return Optional.empty();
    }
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

  /**
   * What was known when a poll was heard.
   *
   * @param stored records that these audits already have
   * @param alike verdicts of the same content that count for them
   */
  private record Known(Map<AuditId, AuditConcluded> stored, Map<AuditId, AuditConcluded> alike) {}
}
