package io.imageaudit.gateway;

import static org.awaitility.Awaitility.await;

import io.imageaudit.model.AuditId;
import io.imageaudit.model.event.AuditEvent;
import io.imageaudit.model.kafka.EventCodec;
import io.imageaudit.model.kafka.EventTopic;
import io.imageaudit.test.RealKafka;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.jspecify.annotations.Nullable;

/** What was said on a topic about one audit. */
@SuppressWarnings("NullAway") // Kafka's types do not say whether a value may be missing.
final class Topics {

  private Topics() {}

  /** Waits for at least {@code count} events of the audit, and says all that were heard. */
  static <E extends AuditEvent> List<E> hear(EventTopic<E> topic, String auditId, int count) {
    List<E> heard = new ArrayList<>();
    records(topic.name(), auditId, count)
        .forEach(entry -> heard.add(new EventCodec().decode(topic, entry)));
    return heard;
  }

  static List<ConsumerRecord<String, byte @Nullable []>> records(
      EventTopic<?> topic, String auditId, int count) {
    return records(topic.name(), auditId, count);
  }

  /** Waits for at least {@code count} records of the audit, and says all that were heard. */
  static List<ConsumerRecord<String, byte @Nullable []>> records(
      String topic, String auditId, int count) {
    AuditId.of(auditId);
    List<ConsumerRecord<String, byte @Nullable []>> heard = new ArrayList<>();
    try (KafkaConsumer<String, byte @Nullable []> consumer = consumer()) {
      consumer.subscribe(List.of(topic));
      await()
          .atMost(Duration.ofSeconds(20))
          .pollInSameThread()
          .pollInterval(Duration.ofMillis(1))
          .until(() -> {
            for (ConsumerRecord<String, byte @Nullable []> entry :
                consumer.poll(Duration.ofMillis(200))) {
              if (auditId.equals(entry.key())) {
                heard.add(entry);
              }
            }
            return heard.size() >= count;
          });
    }
    return heard;
  }

  /** The audits of which there are records now. */
  static Set<String> auditsSoFar(String topic) {
    Set<String> audits = new HashSet<>();
    try (KafkaConsumer<String, byte @Nullable []> consumer = consumer()) {
      List<TopicPartition> all =
          consumer.partitionsFor(topic).stream()
              .map(part -> new TopicPartition(topic, part.partition()))
              .toList();
      consumer.assign(all);
      consumer.seekToBeginning(all);
      Map<TopicPartition, Long> ends = consumer.endOffsets(all);
      while (all.stream().anyMatch(part -> consumer.position(part) < ends.get(part))) {
        consumer.poll(Duration.ofMillis(200)).forEach(entry -> audits.add(entry.key()));
      }
    }
    return audits;
  }

  private static KafkaConsumer<String, byte @Nullable []> consumer() {
    Map<String, Object> settings =
        Map.of(
            "bootstrap.servers",
            RealKafka.bootstrapServers(),
            "group.id",
            "test-" + UUID.randomUUID(),
            "auto.offset.reset",
            "earliest");
    return new KafkaConsumer<>(settings, new StringDeserializer(), new ByteArrayDeserializer());
  }
}
