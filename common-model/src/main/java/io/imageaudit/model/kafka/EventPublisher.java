package io.imageaudit.model.kafka;

import io.imageaudit.model.TraceParent;
import io.imageaudit.model.event.AuditEvent;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.springframework.kafka.core.KafkaTemplate;

/** Says events to the other services. */
public final class EventPublisher {

  private final KafkaTemplate<String, byte[]> kafka;
  private final EventCodec codec;

  EventPublisher(KafkaTemplate<String, byte[]> kafka, EventCodec codec) {
    this.kafka = kafka;
    this.codec = codec;
  }

  /**
   * Says an event and waits until every in-sync replica has it.
   *
   * @param trace the step that says it
   * @throws EventNotPublishedException when the broker does not take it; it may have it all the
   *     same
   */
  public <E extends AuditEvent> void publish(EventTopic<E> topic, E event, TraceParent trace) {
    try {
      send(topic, event, trace).join();
    } catch (CompletionException e) {
      throw new EventNotPublishedException(topic.name(), e.getCause());
    }
  }

  /**
   * Puts an event that cannot be processed into the dead-letter topic of its topic, and waits until
   * every in-sync replica has it.
   *
   * @param trace the step that gives it up
   * @param fault why, in words or a type's name
   * @throws EventNotPublishedException when the broker does not take it
   */
  public <E extends AuditEvent> void putAside(
      EventTopic<E> topic, E event, TraceParent trace, String fault) {
    ProducerRecord<String, byte[]> encoded = codec.encode(topic, event, trace);
    ProducerRecord<String, byte[]> entry =
        new ProducerRecord<>(
            topic.deadLetters(), null, encoded.key(), encoded.value(), encoded.headers());
    entry.headers().add("dlt-fault", fault.getBytes(StandardCharsets.UTF_8));
    entry.headers().add("dlt-source", topic.name().getBytes(StandardCharsets.UTF_8));
    try {
      CompletableFuture.completedFuture(entry).thenCompose(kafka::send).join();
    } catch (CompletionException e) {
      throw new EventNotPublishedException(entry.topic(), e.getCause());
    }
  }

  /**
   * Says an event; the future completes when every in-sync replica has it, and exceptionally when
   * the broker does not take it.
   *
   * @param trace the step that says it
   */
  public <E extends AuditEvent> CompletableFuture<Void> send(
      EventTopic<E> topic, E event, TraceParent trace) {
    ProducerRecord<String, byte[]> entry = codec.encode(topic, event, trace);
    return CompletableFuture.completedFuture(entry).thenCompose(kafka::send).thenApply(_ -> null);
  }
}
