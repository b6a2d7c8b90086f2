package io.imageaudit.benchmark.scaling;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.admin.ConsumerGroupDescription;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.GroupState;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;

/** Pictures that wait in {@code image-audit.ingested}, and the verdicts on them. */
final class Backlog implements AutoCloseable {

  private static final String INGESTED = "image-audit.ingested";
  private static final String CONCLUDED = "image-audit.concluded";
  private static final String GROUP = "audit-worker";
  private static final Duration POLL = Duration.ofMillis(50);
  private static final long LONGEST_NANOS = Duration.ofMinutes(2).toNanos();

  private final Admin admin;
  private final KafkaProducer<String, byte[]> producer;
  private final KafkaConsumer<byte[], byte[]> consumer;

  Backlog(String kafka) {
    admin = Admin.create(Map.of(AdminClientConfig.BOOTSTRAP_SERVERS_CONFIG, kafka));
    producer =
        new KafkaProducer<>(
            Map.of(
                ProducerConfig.BOOTSTRAP_SERVERS_CONFIG, kafka, ProducerConfig.LINGER_MS_CONFIG, 5),
            new StringSerializer(),
            new ByteArraySerializer());
    consumer =
        new KafkaConsumer<>(
            Map.of(ConsumerConfig.BOOTSTRAP_SERVERS_CONFIG, kafka),
            new ByteArrayDeserializer(),
            new ByteArrayDeserializer());
  }

  /** Waits until so many consumers share the partitions. */
  void awaitConsumers(int count) throws ExecutionException, InterruptedException {
    long end = System.nanoTime() + LONGEST_NANOS;
    while (!isShared(count)) {
      if (System.nanoTime() > end) {
        throw new IllegalStateException("the group never came to " + count + " consumers");
      }
      Thread.sleep(POLL);
    }
  }

  private boolean isShared(int count) throws ExecutionException, InterruptedException {
    ConsumerGroupDescription group =
        admin.describeConsumerGroups(List.of(GROUP)).all().get().get(GROUP);
    return group != null
        && group.groupState() == GroupState.STABLE
        && group.members().size() == count;
  }

  /**
   * Has pictures audited.
   *
   * @return how many verdicts came per second, from the first event said to the last verdict heard
   */
  double workOff(StoredPictures pictures, int count, String strategy) {
    List<TopicPartition> partitions =
        consumer.partitionsFor(CONCLUDED).stream()
            .map(each -> new TopicPartition(CONCLUDED, each.partition()))
            .toList();
    consumer.assign(partitions);
    consumer.seekToEnd(partitions);
    partitions.forEach(consumer::position);
    long begin = System.nanoTime();
    for (int i = 0; i < count; i++) {
      String digest = pictures.digests().get(i % pictures.digests().size());
      String auditId = auditId();
      byte[] event = event(auditId, digest, pictures, strategy).getBytes(StandardCharsets.UTF_8);
      producer.send(new ProducerRecord<>(INGESTED, auditId, event));
    }
    producer.flush();
    for (int heard = 0; heard < count; heard += consumer.poll(POLL).count()) {
      if (System.nanoTime() - begin > LONGEST_NANOS) {
        throw new IllegalStateException("only " + heard + " of " + count + " verdicts came");
      }
    }
    return count / ((System.nanoTime() - begin) / 1e9);
  }

  /** A version 7 UUID. */
  private static String auditId() {
    long most =
        System.currentTimeMillis() << 16
            | 0x7000
            | UUID.randomUUID().getMostSignificantBits() & 0xFFF;
    return new UUID(most, UUID.randomUUID().getLeastSignificantBits()).toString();
  }

  private static String event(
      String auditId, String digest, StoredPictures pictures, String strategy) {
    Instant now = Instant.now();
    return """
    {"audit_id":"%s","request":{"tenant":"%s","strategy":"%s","priority":"interactive",
    "trace_id":"%s","submitted_at":"%s","deadline":"%s"},"image":{"sha256":"%s","format":"jpeg",
    "width":%d,"height":%8$d,"bytes":%d,"frames":1},"ingested_at":"%s"}
    """
        .formatted(
            auditId,
            StoredPictures.TENANT,
            strategy,
            UUID.randomUUID().toString().replace("-", ""),
            now,
            now.plus(Duration.ofMinutes(10)),
            digest,
            pictures.side(),
            pictures.bytes(),
            now);
  }

  @Override
  public void close() {
    consumer.close();
    producer.close();
    admin.close();
  }
}
