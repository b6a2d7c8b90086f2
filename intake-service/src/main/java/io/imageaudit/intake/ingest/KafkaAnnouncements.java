package io.imageaudit.intake.ingest;

import io.imageaudit.model.TraceParent;
import io.imageaudit.model.event.AuditConcluded;
import io.imageaudit.model.event.AuditEvent;
import io.imageaudit.model.event.AuditIngested;
import io.imageaudit.model.event.AuditNotified;
import io.imageaudit.model.event.AuditSubmitted;
import io.imageaudit.model.kafka.EventPublisher;
import io.imageaudit.model.kafka.EventTopic;
import java.util.random.RandomGenerator;

/** Announcements as events. */
final class KafkaAnnouncements implements Announcements {

  private final EventPublisher publisher;
  private final RandomGenerator random;

  KafkaAnnouncements(EventPublisher publisher, RandomGenerator random) {
    this.publisher = publisher;
    this.random = random;
  }

  @Override
  public void announce(AuditEvent event) {
    TraceParent trace = TraceParent.within(event.request().traceId(), random);
    switch (event) {
      case AuditIngested ingested -> publisher.publish(EventTopic.INGESTED, ingested, trace);
      case AuditConcluded concluded -> publisher.publish(EventTopic.CONCLUDED, concluded, trace);
      case AuditSubmitted _, AuditNotified _ ->
          throw new IllegalArgumentException("event: (expected: ingested or concluded)");
    }
  }

  @Override
  public void putAside(AuditSubmitted submitted, String fault) {
    TraceParent trace = TraceParent.within(submitted.request().traceId(), random);
    publisher.putAside(EventTopic.SUBMITTED, submitted, trace, fault);
  }
}
