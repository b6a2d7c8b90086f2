package io.imageaudit.intake.ingest;

import static org.assertj.core.api.Assertions.assertThat;

import io.imageaudit.model.AuditId;
import io.imageaudit.model.event.AuditEvent;
import io.imageaudit.model.kafka.EventCodec;
import io.imageaudit.model.kafka.EventTopic;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;
import org.springframework.kafka.annotation.KafkaListener;

/** Hears what intake says, as the other services would. */
class HeardEvents {

  private final EventCodec codec;
  private final Map<AuditId, List<AuditEvent>> events = new ConcurrentHashMap<>();

  private final Set<String> deadLetters = ConcurrentHashMap.newKeySet();

  HeardEvents(EventCodec codec) {
    this.codec = codec;
  }

  @KafkaListener(
      topics = {EventTopic.INGESTED_NAME, EventTopic.CONCLUDED_NAME},
      groupId = "intake-test-#{T(java.util.UUID).randomUUID()}")
  void on(ConsumerRecord<String, byte @Nullable []> entry) {
    AuditEvent event =
        entry.topic().equals(EventTopic.INGESTED_NAME)
            ? codec.decode(EventTopic.INGESTED, entry)
            : codec.decode(EventTopic.CONCLUDED, entry);
    events.computeIfAbsent(event.auditId(), _ -> new CopyOnWriteArrayList<>()).add(event);
  }

  @KafkaListener(
      topics = EventTopic.SUBMITTED_NAME + ".dlt",
      groupId = "intake-test-#{T(java.util.UUID).randomUUID()}")
  void onDeadLetter(ConsumerRecord<String, byte @Nullable []> entry) {
    deadLetters.add(entry.key());
  }

  /** Waits until the audit's submission was put aside. */
  void awaitDeadLetter(AuditId auditId) {
    Awaitility.await()
        .atMost(Duration.ofSeconds(30))
        .until(() -> deadLetters.contains(auditId.toString()));
  }

  /** Whether the audit's end was heard. */
  boolean hasHeard(AuditId auditId) {
    return events.containsKey(auditId);
  }

  /** The first event of the audit. */
  AuditEvent await(AuditId auditId) {
    return await(auditId, 1).getFirst();
  }

  /** The events of the audit, once there are so many. */
  List<AuditEvent> await(AuditId auditId, int count) {
    Awaitility.await()
        .pollDelay(Duration.ZERO)
        .atMost(Duration.ofSeconds(30))
        .untilAsserted(() ->
            assertThat(events.getOrDefault(auditId, List.of())).hasSizeGreaterThanOrEqualTo(count));
    return List.copyOf(events.getOrDefault(auditId, List.of()));
  }
}
