package io.imageaudit.local.chaos;

import io.imageaudit.local.StackUnderTest;
import io.imageaudit.local.layout.PortName;
import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** What was said on {@code image-audit.concluded}, from its beginning. */
final class ConcludedTopic {

  private static final String TOPIC = "image-audit.concluded";
  private static final Duration POLL = Duration.ofSeconds(5);

  private final Map<String, Set<JsonNode>> said = new HashMap<>();
  private int repeated;

  private ConcludedTopic() {}

  /** Reads all that there is of these audits. */
  static ConcludedTopic read(StackUnderTest stack, Collection<String> auditIds) {
    Map<String, Object> settings =
        Map.of(
            ConsumerConfig.BOOTSTRAP_SERVERS_CONFIG,
            "127.0.0.1:" + stack.ports().of(PortName.KAFKA),
            ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG,
            false);
    ConcludedTopic topic = new ConcludedTopic();
    Set<String> wanted = new HashSet<>(auditIds);
    try (KafkaConsumer<byte[], byte[]> consumer =
        new KafkaConsumer<>(settings, new ByteArrayDeserializer(), new ByteArrayDeserializer())) {
      List<TopicPartition> partitions =
          consumer.partitionsFor(TOPIC).stream()
              .map(each -> new TopicPartition(TOPIC, each.partition()))
              .toList();
      consumer.assign(partitions);
      consumer.seekToBeginning(partitions);
      Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
      while (partitions.stream()
          .anyMatch(each -> consumer.position(each) < ends.getOrDefault(each, 0L))) {
        for (ConsumerRecord<byte[], byte[]> record : consumer.poll(POLL)) {
          topic.add(JsonMapper.shared().readTree(record.value()), wanted);
        }
      }
    }
    return topic;
  }

  private void add(JsonNode event, Set<String> wanted) {
    String auditId = event.path("audit_id").asString();
    if (wanted.contains(auditId)) {
      String key = auditId + "/" + event.path("verdict_seq").asInt();
      if (said.containsKey(key)) {
        repeated++;
      }
      said.computeIfAbsent(key, _ -> new HashSet<>()).add(event);
    }
  }

  /** Events of one audit and {@code verdict_seq} that do not say the same. */
  List<Set<JsonNode>> contradictions() {
    return said.values().stream().filter(events -> events.size() > 1).toList();
  }

  /** How often an event was said again. */
  int repeated() {
    return repeated;
  }
}
