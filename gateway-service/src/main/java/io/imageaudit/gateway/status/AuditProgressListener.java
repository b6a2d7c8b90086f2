package io.imageaudit.gateway.status;

import io.imageaudit.gateway.trace.LogContext;
import io.imageaudit.model.AuditId;
import io.imageaudit.model.event.AuditConcluded;
import io.imageaudit.model.event.AuditEvent;
import io.imageaudit.model.kafka.EventCodec;
import io.imageaudit.model.kafka.EventTopic;
import io.imageaudit.model.kafka.MalformedEventException;
import io.imageaudit.model.kafka.TransientFaults;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.core.NestedExceptionUtils;
import org.springframework.kafka.annotation.KafkaListener;
import org.springframework.kafka.listener.BatchListenerFailedException;
import org.springframework.stereotype.Component;

/** Hears what the other services say of audits, many events at a time. */
@Component
class AuditProgressListener {

  private static final Logger LOG = LoggerFactory.getLogger(AuditProgressListener.class);

  private final EventCodec codec;
  private final AuditProgress progress;
  private final AuditWatch watch;
  private final ConclusionMeters meters;

  AuditProgressListener(
      EventCodec codec, AuditProgress progress, AuditWatch watch, ConclusionMeters meters) {
    this.codec = codec;
    this.progress = progress;
    this.watch = watch;
    this.meters = meters;
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
        logMalformed(entries.get(index), e);
        throw new BatchListenerFailedException("not an event", e, index);
      }
    }
    advance(events);
  }

  /**
   * Takes events up together. What makes them fail together may be one of them alone: without its
   * index all of them would be put aside for it.
   */
  private void advance(List<AuditEvent> events) {
    try {
      progress.advance(events).forEach(meters::count);
    } catch (RuntimeException e) {
      if (TransientFaults.passesByItself(e)) {
        throw new BatchListenerFailedException("cannot be written down now", e, 0);
      }
      advanceOneByOne(events);
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
        progress.advance(List.of(events.get(index))).forEach(meters::count);
      } catch (RuntimeException e) {
        logFault(events.get(index), e);
        throw new BatchListenerFailedException("cannot be written down", e, index);
      }
    }
  }

  private static void logFault(AuditEvent event, RuntimeException fault) {
    if (!TransientFaults.passesByItself(fault)) {
      try (LogContext _ = LogContext.of(event)) {
        LOG.warn("An event cannot be written down; it goes to the dead letters: {}", cause(fault));
      }
    }
  }

  private static void logMalformed(
      ConsumerRecord<String, byte @Nullable []> entry, MalformedEventException fault) {
    String place = entry.topic() + "-" + entry.partition() + "@" + entry.offset();
    String key = entry.key() == null ? "" : entry.key();
    try (LogContext _ = AuditId.parse(key).map(LogContext::of).orElseGet(LogContext::none)) {
      LOG.warn("{} is no event; it goes to the dead letters: {}", place, fault.getMessage());
    }
  }

  private static String cause(RuntimeException fault) {
    Throwable root = NestedExceptionUtils.getMostSpecificCause(fault);
    return root.toString().lines().findFirst().orElse("");
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
