package io.imageaudit.intake.ingest;

import io.imageaudit.model.AuditStatus;
import io.imageaudit.model.TraceParent;
import io.imageaudit.model.event.AuditConcluded;
import io.imageaudit.model.event.AuditEvent;
import io.imageaudit.model.event.AuditIngested;
import io.imageaudit.model.event.AuditNotified;
import io.imageaudit.model.event.AuditSubmitted;
import io.imageaudit.model.kafka.Heard;
import io.imageaudit.model.trace.Step;
import io.imageaudit.model.trace.StepKind;
import io.imageaudit.model.trace.Traces;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.MDC;

/**
 * Ingests where people can watch it: each line of the log names audit, tenant and trace, and {@code
 * image_audit_ingest_seconds} tells how long it took from heard to said, by how it ended.
 */
final class WatchedIngestion implements Ingestion {

  private static final Logger LOG = LoggerFactory.getLogger(WatchedIngestion.class);

  private static final Duration[] BUCKETS = {
    Duration.ofMillis(10),
    Duration.ofMillis(25),
    Duration.ofMillis(50),
    Duration.ofMillis(100),
    Duration.ofMillis(250),
    Duration.ofMillis(500),
    Duration.ofSeconds(1),
    Duration.ofMillis(2500),
    Duration.ofSeconds(5),
    Duration.ofSeconds(10),
    Duration.ofSeconds(30)
  };

  private final IngestSubmission ingestion;
  private final Traces traces;
  private final Map<Ending, Timer> timers = new EnumMap<>(Ending.class);

  WatchedIngestion(IngestSubmission ingestion, MeterRegistry meters, Traces traces) {
    this.ingestion = ingestion;
    this.traces = traces;
    for (Ending ending : Ending.values()) {
      timers.put(
          ending,
          Timer.builder("image.audit.ingest")
              .description("From a submission heard to its end said.")
              .tag("outcome", ending.name().toLowerCase(Locale.ROOT))
              .serviceLevelObjectives(BUCKETS)
              .register(meters));
    }
  }

  /** How an ingestion ends. */
  private enum Ending {
    INGESTED,
    FAILED,
    EXPIRED,
    ERROR
  }

  @Override
  public AuditEvent ingest(Heard<AuditSubmitted> heard) {
    return watch(heard, trace -> ingestion.ingest(heard.event(), trace));
  }

  @Override
  public AuditEvent giveUp(Heard<AuditSubmitted> heard, String fault) {
    return watch(heard, trace -> ingestion.giveUp(heard.event(), trace, fault));
  }

  private AuditEvent watch(Heard<AuditSubmitted> heard, Function<TraceParent, AuditEvent> work) {
    AuditSubmitted submitted = heard.event();
    try (var _ = MDC.putCloseable("audit_id", submitted.auditId().toString());
        var _ = MDC.putCloseable("tenant", submitted.request().tenant().value());
        var _ = MDC.putCloseable("trace_id", submitted.request().traceId());
        Step step = traces.begin(StepKind.CONSUMER, "ingest", heard.saidBy());
        var _ = MDC.putCloseable("span_id", step.place().spanId())) {
      long start = System.nanoTime();
      Ending ending = Ending.ERROR;
      try {
        AuditEvent event = work.apply(step.place());
        ending = log(event);
        return event;
      } finally {
        timer(ending).record(Duration.ofNanos(System.nanoTime() - start));
      }
    }
  }

  private static Ending log(AuditEvent event) {
    return switch (event) {
      case AuditIngested ingested -> {
        LOG.info("Ingested: {}.", ingested.image());
        yield Ending.INGESTED;
      }
      case AuditConcluded concluded -> {
        LOG.info("Not ingested: {}.", concluded.error());
        yield concluded.status() == AuditStatus.EXPIRED ? Ending.EXPIRED : Ending.FAILED;
      }
      case AuditSubmitted _, AuditNotified _ ->
          throw new IllegalStateException("an ingestion ends in one of two events");
    };
  }

  private Timer timer(Ending ending) {
    return java.util.Objects.requireNonNull(timers.get(ending));
  }
}
