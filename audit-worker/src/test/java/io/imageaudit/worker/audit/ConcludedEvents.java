package io.imageaudit.worker.audit;

import io.imageaudit.model.AuditId;
import io.imageaudit.model.event.AuditConcluded;
import io.imageaudit.model.kafka.EventCodec;
import io.imageaudit.model.kafka.EventTopic;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.jspecify.annotations.Nullable;
import org.springframework.kafka.annotation.KafkaListener;

/** Everything that the worker said, as another service hears it. */
class ConcludedEvents {

  private final Queue<AuditConcluded> heard = new ConcurrentLinkedQueue<>();
  private final EventCodec codec;

  ConcludedEvents(EventCodec codec) {
    this.codec = codec;
  }

  @KafkaListener(
      topics = EventTopic.CONCLUDED_NAME,
      groupId = "worker-test-#{T(java.util.UUID).randomUUID()}")
  void hear(ConsumerRecord<String, byte @Nullable []> entry) {
    heard.add(codec.decode(EventTopic.CONCLUDED, entry));
  }

  List<AuditConcluded> of(AuditId audit) {
    return heard.stream().filter(event -> event.auditId().equals(audit)).toList();
  }
}
