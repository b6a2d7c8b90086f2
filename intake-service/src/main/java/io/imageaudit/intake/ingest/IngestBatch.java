package io.imageaudit.intake.ingest;

import io.imageaudit.model.event.AuditConcluded;
import io.imageaudit.model.event.AuditEvent;
import io.imageaudit.model.event.AuditIngested;
import io.imageaudit.model.event.AuditSubmitted;
import io.imageaudit.model.kafka.Heard;
import io.imageaudit.model.trace.Step;
import io.imageaudit.model.trace.StepKind;
import io.imageaudit.model.trace.Traces;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.MDC;
import org.springframework.kafka.listener.BatchListenerFailedException;

/**
 * Ingests submissions side by side, each on a virtual thread of its own. How much is in flight is
 * bounded by the connections of the fetcher, each of which brings at most one image to the disk,
 * and by the decoding processes; nothing is held on the heap but a buffer for each.
 */
class IngestBatch {

  private static final Logger LOG = LoggerFactory.getLogger(IngestBatch.class);

  private final IngestSubmission ingestion;
  private final SlowLane slowLane;
  private final IngestSettings settings;
  private final Traces traces;

  IngestBatch(
      IngestSubmission ingestion, SlowLane slowLane, IngestSettings settings, Traces traces) {
    this.ingestion = ingestion;
    this.slowLane = slowLane;
    this.settings = settings;
    this.traces = traces;
  }

  /**
   * Returns when each submission is ingested or remembered on the slow lane.
   *
   * @throws BatchListenerFailedException naming the first one that failed; those before it are done
   */
  void ingest(List<Heard<AuditSubmitted>> submissions) {
    List<FutureTask<AuditEvent>> work = submissions.stream().map(this::start).toList();
    long end = System.nanoTime() + settings.patience().toNanos();
    for (int i = 0; i < work.size(); i++) {
      try {
        await(submissions.get(i).event(), work.get(i), end);
      } catch (ExecutionException e) {
        throw new BatchListenerFailedException("not ingested", e.getCause(), i);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new BatchListenerFailedException("interrupted", e, i);
      }
    }
  }

  private void await(AuditSubmitted submitted, FutureTask<AuditEvent> work, long end)
      throws ExecutionException, InterruptedException {
    try {
      work.get(Math.max(0, end - System.nanoTime()), TimeUnit.NANOSECONDS);
    } catch (TimeoutException _) {
      if (!slowLane.take(submitted, work)) {
        work.get();
      }
    }
  }

  private FutureTask<AuditEvent> start(Heard<AuditSubmitted> submitted) {
    FutureTask<AuditEvent> task = new FutureTask<>(() -> ingest(submitted));
    Thread.ofVirtual().name("ingest").start(task);
    return task;
  }

  private AuditEvent ingest(Heard<AuditSubmitted> heard) {
    AuditSubmitted submitted = heard.event();
    try (var _ = MDC.putCloseable("audit_id", submitted.auditId().toString());
        var _ = MDC.putCloseable("tenant", submitted.request().tenant().value());
        var _ = MDC.putCloseable("trace_id", submitted.request().traceId());
        Step step = traces.begin(StepKind.CONSUMER, "ingest", heard.saidBy());
        var _ = MDC.putCloseable("span_id", step.place().spanId())) {
      AuditEvent event = ingestion.ingest(submitted, step.place());
      switch (event) {
        case AuditIngested ingested -> LOG.info("Ingested: {}.", ingested.image());
        case AuditConcluded concluded -> LOG.info("Not ingested: {}.", concluded.error());
        default -> throw new IllegalStateException("an ingestion ends in one of two events");
      }
      return event;
    }
  }
}
