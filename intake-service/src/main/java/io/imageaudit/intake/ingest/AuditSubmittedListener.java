package io.imageaudit.intake.ingest;

import io.imageaudit.model.event.AuditSubmitted;
import io.imageaudit.model.kafka.EventCodec;
import io.imageaudit.model.kafka.EventTopic;
import io.imageaudit.model.kafka.Heard;
import io.imageaudit.model.kafka.MalformedEventException;
import java.util.ArrayList;
import java.util.List;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.jspecify.annotations.Nullable;
import org.springframework.kafka.annotation.KafkaListener;
import org.springframework.kafka.listener.BatchListenerFailedException;
import org.springframework.stereotype.Component;

/** Hears of accepted images, many at a time. */
@Component
class AuditSubmittedListener {

  private final EventCodec codec;
  private final IngestBatch ingestion;

  AuditSubmittedListener(EventCodec codec, IngestBatch ingestion) {
    this.codec = codec;
    this.ingestion = ingestion;
  }

  /** A record that is no event ends the batch before it; the next batch starts after it. */
  @KafkaListener(
      topics = EventTopic.SUBMITTED_NAME,
      batch = "true",
      concurrency = "${image-audit.ingest.consumers:2}",
      properties = "max.poll.records=${image-audit.ingest.batch:64}")
  void on(List<ConsumerRecord<String, byte @Nullable []>> entries) {
    List<Heard<AuditSubmitted>> submitted = new ArrayList<>(entries.size());
    MalformedEventException malformed = null;
    for (ConsumerRecord<String, byte @Nullable []> entry : entries) {
      try {
        submitted.add(codec.hear(EventTopic.SUBMITTED, entry));
      } catch (MalformedEventException e) {
        malformed = e;
        break;
      }
    }
    ingestion.ingest(submitted);
    if (malformed != null) {
      throw new BatchListenerFailedException("malformed", malformed, submitted.size());
    }
  }
}
