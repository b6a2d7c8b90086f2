package io.imageaudit.intake.ingest;

import io.imageaudit.model.event.AuditConcluded;
import io.imageaudit.model.event.AuditEvent;
import io.imageaudit.model.event.AuditIngested;
import io.imageaudit.model.event.AuditSubmitted;
import io.imageaudit.model.kafka.EventCodec;
import io.imageaudit.model.kafka.EventTopic;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.MDC;
import org.springframework.kafka.annotation.KafkaListener;
import org.springframework.stereotype.Component;

/** Hears of accepted images. */
@Component
class AuditSubmittedListener {

  private static final Logger LOG = LoggerFactory.getLogger(AuditSubmittedListener.class);

  private final EventCodec codec;
  private final IngestSubmission ingestion;

  AuditSubmittedListener(EventCodec codec, IngestSubmission ingestion) {
    this.codec = codec;
    this.ingestion = ingestion;
  }

  @KafkaListener(
      topics = EventTopic.SUBMITTED_NAME,
      concurrency = "${image-audit.ingest.consumers:4}")
  void on(ConsumerRecord<String, byte @Nullable []> entry) {
    AuditSubmitted submitted = codec.decode(EventTopic.SUBMITTED, entry);
    try (var _ = MDC.putCloseable("audit_id", submitted.auditId().toString());
        var _ = MDC.putCloseable("tenant", submitted.request().tenant().value());
        var _ = MDC.putCloseable("trace_id", submitted.request().traceId())) {
      LOG.info("{}", summary(ingestion.ingest(submitted)));
    }
  }

  private static String summary(AuditEvent event) {
    return switch (event) {
      case AuditIngested ingested -> "Ingested: " + ingested.image();
      case AuditConcluded concluded -> "Not ingested: " + concluded.error();
      default -> "Ingestion ended.";
    };
  }
}
