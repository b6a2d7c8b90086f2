package io.imageaudit.worker.audit;

import io.imageaudit.model.TraceParent;
import io.imageaudit.model.event.AuditIngested;
import io.imageaudit.model.kafka.EventCodec;
import io.imageaudit.model.kafka.EventPublisher;
import io.imageaudit.model.kafka.EventTopic;
import io.imageaudit.model.kafka.MalformedEventException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.jspecify.annotations.Nullable;
import org.springframework.kafka.annotation.KafkaListener;
import org.springframework.kafka.listener.ConsumerRecordRecoverer;
import org.springframework.kafka.support.Acknowledgment;

/**
 * Hears that images are stored, a poll at a time. A poll is acknowledged when all of its audits
 * have ended. The listener's thread waits a moment for that; after that moment it goes back to
 * Kafka, and until the acknowledgment comes its partitions are paused: heartbeats and rebalances go
 * on, nothing new is fetched. So a model that is away, or memory that is full, pauses Kafka by
 * itself.
 */
class AuditIngestedListener {

  static final String ID = "audit-ingested";

  private final RunAudits runAudits;
  private final EventCodec codec;
  private final ConsumerRecordRecoverer deadLetters;
  private final Duration patience;

  AuditIngestedListener(
      RunAudits runAudits,
      EventCodec codec,
      ConsumerRecordRecoverer deadLetters,
      Duration patience) {
    this.runAudits = runAudits;
    this.codec = codec;
    this.deadLetters = deadLetters;
    this.patience = patience;
  }

  @KafkaListener(
      id = ID,
      idIsGroup = false,
      topics = EventTopic.INGESTED_NAME,
      batch = "true",
      concurrency = "${image-audit.audit.consumers:4}",
      containerPostProcessor = "acknowledgedLater")
  void hear(List<ConsumerRecord<String, byte @Nullable []>> poll, Acknowledgment done) {
    List<Heard> heard = new ArrayList<>();
    for (ConsumerRecord<String, byte @Nullable []> entry : poll) {
      try {
        heard.add(decode(entry));
      } catch (MalformedEventException e) {
        deadLetters.accept(entry, e);
      }
    }
    CompletableFuture<Boolean> ended = runAudits.run(heard);
    var _ =
        ended.thenAccept(all -> {
          if (all) { // Otherwise the worker stops; another one hears the poll again.
            done.acknowledge();
          }
        });
    var _ =
        ended
            .copy()
            .completeOnTimeout(false, patience.toNanos(), TimeUnit.NANOSECONDS)
            .exceptionally(_ -> false)
            .join();
  }

  private Heard decode(ConsumerRecord<String, byte @Nullable []> entry) {
    AuditIngested event = codec.decode(EventTopic.INGESTED, entry);
    TraceParent saidBy = codec.traceOf(entry).orElseGet(() -> EventPublisher.submission(event));
    return new Heard(event, saidBy, entry);
  }
}
