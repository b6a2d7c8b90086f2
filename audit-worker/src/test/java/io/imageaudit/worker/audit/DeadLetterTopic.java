package io.imageaudit.worker.audit;

import io.imageaudit.test.RealKafka;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.StringDeserializer;

/** What has been put aside of a topic, from its start. */
final class DeadLetterTopic {

  private static final Duration POLL = Duration.ofMillis(200);

  private DeadLetterTopic() {}

  /** The keys of all records that are there. */
  static List<String> keys(String topic) {
    Map<String, Object> settings =
        Map.of(ConsumerConfig.BOOTSTRAP_SERVERS_CONFIG, RealKafka.bootstrapServers());
    TopicPartition partition = new TopicPartition(topic + ".dlt", 0);
    try (KafkaConsumer<String, String> consumer =
        new KafkaConsumer<>(settings, new StringDeserializer(), new StringDeserializer())) {
      consumer.assign(List.of(partition));
      consumer.seekToBeginning(List.of(partition));
      long end = consumer.endOffsets(List.of(partition)).getOrDefault(partition, 0L);
      List<String> keys = new ArrayList<>();
      while (consumer.position(partition) < end) {
        consumer.poll(POLL).forEach(entry -> keys.add(entry.key()));
      }
      return keys;
    }
  }
}
