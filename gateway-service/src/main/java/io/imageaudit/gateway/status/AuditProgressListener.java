package io.imageaudit.gateway.status;

import io.imageaudit.model.event.AuditConcluded;
import io.imageaudit.model.event.AuditEvent;
import io.imageaudit.model.kafka.EventCodec;
import io.imageaudit.model.kafka.EventTopic;
import io.imageaudit.model.kafka.MalformedEventException;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.jspecify.annotations.Nullable;
import org.springframework.dao.NonTransientDataAccessException;
import org.springframework.kafka.annotation.KafkaListener;
import org.springframework.kafka.listener.BatchListenerFailedException;
import org.springframework.stereotype.Component;

/** Hears what the other services say of audits, many events at a time. */
@Component
class AuditProgressListener {

  private final EventCodec codec;
  private final AuditProgress progress;
  private final AuditWatch watch;

  AuditProgressListener(EventCodec codec, AuditProgress progress, AuditWatch watch) {
    this.codec = codec;
    this.progress = progress;
    this.watch = watch;
  }

  @KafkaListener(
      id = "audit-progress",
      idIsGroup = false,
      batch = "true",
      topics = {EventTopic.INGESTED_NAME, EventTopic.CONCLUDED_NAME, EventTopic.NOTIFIED_NAME})
  void heard(List<ConsumerRecord<String, byte @Nullable []>> entries) {
    List<AuditEvent> events = new ArrayList<>(entries.size());
    for (int index = 0; index < entries.size(); index++) {
      try {
        events.add(decode(entries.get(index)));
      } catch (MalformedEventException e) {
        advance(events); // Those before it count as heard.
        throw new BatchListenerFailedException("not an event", e, index);
      }
    }
    advance(events);
  }

  private void advance(List<AuditEvent> events) {
    try {
      progress.advance(events);
    } catch (NonTransientDataAccessException e) {
      advanceOneByOne(events); // One of them is at fault; find out which.
    }
    watch.ended(
        events.stream()
            .filter(AuditConcluded.class::isInstance)
            .map(AuditEvent::auditId)
            .collect(Collectors.toSet()));
  }

  private void advanceOneByOne(List<AuditEvent> events) {
    for (int index = 0; index < events.size(); index++) {
      try {
        progress.advance(List.of(events.get(index)));
      } catch (NonTransientDataAccessException e) {
        throw new BatchListenerFailedException("cannot be written down", e, index);
      }
    }
  }

  private AuditEvent decode(ConsumerRecord<String, byte @Nullable []> entry) {
    return switch (entry.topic()) {
      case EventTopic.INGESTED_NAME -> codec.decode(EventTopic.INGESTED, entry);
      case EventTopic.CONCLUDED_NAME -> codec.decode(EventTopic.CONCLUDED, entry);
      case EventTopic.NOTIFIED_NAME -> codec.decode(EventTopic.NOTIFIED, entry);
      default -> throw new IllegalStateException(entry.topic() + ": nobody asked for it");
    };
  }
}
