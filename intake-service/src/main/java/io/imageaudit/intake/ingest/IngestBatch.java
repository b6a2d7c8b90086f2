package io.imageaudit.intake.ingest;

import io.imageaudit.model.event.AuditEvent;
import io.imageaudit.model.event.AuditSubmitted;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.springframework.kafka.listener.BatchListenerFailedException;

/**
 * Ingests submissions side by side, each on a virtual thread of its own. How much is in flight is
 * bounded by the connections of the fetcher, each of which brings at most one image to the disk,
 * and by the decoding processes; nothing is held on the heap but a buffer for each.
 */
class IngestBatch {

  private final WatchedIngestion ingestion;
  private final SlowLane slowLane;
  private final IngestSettings settings;

  IngestBatch(WatchedIngestion ingestion, SlowLane slowLane, IngestSettings settings) {
    this.ingestion = ingestion;
    this.slowLane = slowLane;
    this.settings = settings;
  }

  /**
   * Returns when each submission is ingested or remembered on the slow lane.
   *
   * @throws BatchListenerFailedException naming the first one that failed; those before it are done
   */
  void ingest(List<AuditSubmitted> submissions) {
    List<FutureTask<AuditEvent>> work = submissions.stream().map(this::start).toList();
    long end = System.nanoTime() + settings.patience().toNanos();
    for (int i = 0; i < work.size(); i++) {
      try {
        await(submissions.get(i), work.get(i), end);
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

  private FutureTask<AuditEvent> start(AuditSubmitted submitted) {
    FutureTask<AuditEvent> task = new FutureTask<>(() -> ingestion.ingest(submitted));
    Thread.ofVirtual().name("ingest").start(task);
    return task;
  }
}
