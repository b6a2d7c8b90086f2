package io.imageaudit.intake.ingest;

import io.imageaudit.model.event.AuditEvent;
import io.imageaudit.model.event.AuditSubmitted;
import io.imageaudit.model.kafka.Heard;
import io.imageaudit.model.kafka.TransientFaultException;
import java.time.Duration;
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

  /** A batch must be done before Kafka takes the partition away: max.poll.interval.ms, 5 min. */
  private static final Duration LONGEST_WAIT = Duration.ofMinutes(1);

  private static final Duration ASK_AGAIN = Duration.ofMillis(100);

  private final Ingestion ingestion;
  private final SlowLane slowLane;
  private final IngestSettings settings;
  private final Duration longestWait;

  IngestBatch(Ingestion ingestion, SlowLane slowLane, IngestSettings settings) {
    this(ingestion, slowLane, settings, LONGEST_WAIT);
  }

  /**
   * Ingests batches.
   *
   * @param longestWait for a place on the slow lane, beyond the patience
   */
  IngestBatch(
      Ingestion ingestion, SlowLane slowLane, IngestSettings settings, Duration longestWait) {
    this.longestWait = longestWait;
    this.ingestion = ingestion;
    this.slowLane = slowLane;
    this.settings = settings;
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
      } catch (RuntimeException e) { // Whatever it is, it is the fault of this one alone.
        throw new BatchListenerFailedException("not remembered", e, i);
      }
    }
  }

  /** While the slow lane is full it is asked again and again, but not for ever: Kafka waits too. */
  private void await(AuditSubmitted submitted, FutureTask<AuditEvent> work, long patient)
      throws ExecutionException, InterruptedException {
    long next = patient;
    while (true) {
      try {
        work.get(Math.max(0, next - System.nanoTime()), TimeUnit.NANOSECONDS);
        return;
      } catch (TimeoutException e) {
        if (slowLane.take(submitted, work)) {
          return;
        }
        if (next - patient >= longestWait.toNanos()) {
          throw new TransientFaultException("the slow lane is full", e);
        }
        next = Math.max(next, System.nanoTime()) + ASK_AGAIN.toNanos();
      }
    }
  }

  private FutureTask<AuditEvent> start(Heard<AuditSubmitted> submitted) {
    FutureTask<AuditEvent> task = new FutureTask<>(() -> ingestion.ingest(submitted));
    Thread.ofVirtual().name("ingest").start(task);
    return task;
  }
}
