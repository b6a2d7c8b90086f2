package io.imageaudit.gateway;

import io.imageaudit.model.TraceParent;
import io.imageaudit.model.event.AuditSubmitted;
import io.imageaudit.model.kafka.EventCodec;
import io.imageaudit.model.kafka.EventPublisher;
import io.imageaudit.model.kafka.EventTopic;
import io.imageaudit.test.RealKafka;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.UUID;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.jspecify.annotations.Nullable;

/** Gives each audit that is submitted a verdict, as the other services would. */
@SuppressWarnings("NullAway") // Kafka's types do not say whether a value may be missing.
final class Concluder implements AutoCloseable {

  private final EventPublisher events;
  private final Thread thread;
  private volatile boolean closed;

  Concluder(EventPublisher events) {
    this.events = events;
    this.thread = Thread.ofPlatform().daemon().start(this::conclude);
  }

  private void conclude() {
    Map<String, Object> settings =
        Map.of(
            "bootstrap.servers",
            RealKafka.bootstrapServers(),
            "group.id",
            "concluder-" + UUID.randomUUID(),
            "auto.offset.reset",
            "earliest");
    try (KafkaConsumer<String, byte @Nullable []> consumer =
        new KafkaConsumer<>(settings, new StringDeserializer(), new ByteArrayDeserializer())) {
      consumer.subscribe(List.of(EventTopic.SUBMITTED.name()));
      while (!closed) {
        consumer.poll(Duration.ofMillis(100)).forEach(this::conclude);
      }
    }
  }

  private void conclude(ConsumerRecord<String, byte @Nullable []> entry) {
    AuditSubmitted event = new EventCodec().decode(EventTopic.SUBMITTED, entry);
    events.publish(
        EventTopic.CONCLUDED, Events.concluded(event), TraceParent.start(new Random(11)));
  }

  @Override
  public void close() throws InterruptedException {
    closed = true;
    thread.join();
  }
}
