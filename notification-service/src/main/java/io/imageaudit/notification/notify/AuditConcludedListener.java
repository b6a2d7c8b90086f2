package io.imageaudit.notification.notify;

import io.imageaudit.model.event.AuditConcluded;
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

/**
 * Hears that audits have ended, many at a time. When a batch fails its records are planned one by
 * one, so that only the one at fault is held up or put aside.
 */
@Component
class AuditConcludedListener {

  private final EventCodec codec;
  private final PlanDelivery planDelivery;

  AuditConcludedListener(EventCodec codec, PlanDelivery planDelivery) {
    this.codec = codec;
    this.planDelivery = planDelivery;
  }

  @KafkaListener(topics = EventTopic.CONCLUDED_NAME, batch = "true")
  void onConcluded(List<ConsumerRecord<String, byte @Nullable []>> entries) {
    List<Heard<AuditConcluded>> batch = new ArrayList<>();
    for (int i = 0; i < entries.size(); i++) {
      try {
        batch.add(codec.hear(EventTopic.CONCLUDED, entries.get(i)));
      } catch (MalformedEventException e) {
        plan(batch);
        throw new BatchListenerFailedException("not an event", e, i);
      }
    }
    plan(batch);
  }

  private void plan(List<Heard<AuditConcluded>> batch) {
    try {
      planDelivery.plan(batch);
    } catch (RuntimeException _) {
      planOneByOne(batch);
    }
  }

  private void planOneByOne(List<Heard<AuditConcluded>> batch) {
    for (int i = 0; i < batch.size(); i++) {
      try {
        planDelivery.plan(List.of(batch.get(i)));
      } catch (RuntimeException e) {
        throw new BatchListenerFailedException("not planned", e, i);
      }
    }
  }
}
