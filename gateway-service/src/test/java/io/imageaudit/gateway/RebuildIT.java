package io.imageaudit.gateway;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.imageaudit.model.TraceParent;
import io.imageaudit.model.event.AuditSubmitted;
import io.imageaudit.model.kafka.EventPublisher;
import io.imageaudit.model.kafka.EventTopic;
import io.imageaudit.test.RealKafka;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.kafka.config.KafkaListenerEndpointRegistry;
import org.springframework.kafka.listener.MessageListenerContainer;
import tools.jackson.databind.JsonNode;

/** Making the read model again, as docs/api.md says. */
@GatewayTest
class RebuildIT {

  private final Door door;
  private final EventPublisher events;
  private final JdbcClient database;
  private final MessageListenerContainer listener;

  RebuildIT(
      Door door,
      EventPublisher events,
      JdbcClient database,
      KafkaListenerEndpointRegistry listeners) {
    this.door = door;
    this.events = events;
    this.database = database;
    this.listener = requireNonNull(listeners.getListenerContainer("audit-progress"));
  }

  @Test
  void what_was_lost_is_made_again_from_the_topics() throws Exception {
    Answer mine = door.submit("{\"image_url\": \"https://shop.example/r.jpg\"}");
    AuditSubmitted event = Topics.hear(EventTopic.SUBMITTED, mine.auditId(), 1).getFirst();
    TraceParent trace = TraceParent.start(new Random(9));
    events.publish(EventTopic.CONCLUDED, Events.concluded(event), trace);
    events.publish(EventTopic.NOTIFIED, Events.notified(event), trace);
    awaitDelivery(mine.auditId());
    JsonNode before = door.get("/v1/audits/" + mine.auditId()).data();
    JsonNode entry = door.get("/v1/audits/" + mine.auditId() + "/record").data();

    listener.stop();
    database.sql("delete from delivery").update();
    database.sql("delete from audit").update();
    assertThat(door.get("/v1/audits/" + mine.auditId()).status()).isEqualTo(404);
    reset(documented());
    listener.start();

    awaitDelivery(mine.auditId());
    assertThat(door.get("/v1/audits/" + mine.auditId()).data()).isEqualTo(before);
    assertThat(door.get("/v1/audits/" + mine.auditId() + "/record").data()).isEqualTo(entry);
  }

  private void awaitDelivery(String auditId) {
    await()
        .atMost(Duration.ofSeconds(30))
        .until(() -> {
          JsonNode audit = door.get("/v1/audits/" + auditId).data();
          return audit.path("verdict").isString() && audit.path("deliveries").size() == 1;
        });
  }

  /** Does what Kafka's own command does with these arguments. */
  private static void reset(List<String> arguments) throws Exception {
    assertThat(arguments).contains("--reset-offsets", "--to-earliest", "--all-topics", "--execute");
    String group = arguments.get(arguments.indexOf("--group") + 1);
    String servers = arguments.get(arguments.indexOf("--bootstrap-server") + 1);
    try (Admin admin = Admin.create(Map.of("bootstrap.servers", servers))) {
      Map<TopicPartition, OffsetSpec> all = new HashMap<>();
      admin
          .listConsumerGroupOffsets(group)
          .partitionsToOffsetAndMetadata()
          .get()
          .keySet()
          .forEach(partition -> all.put(partition, OffsetSpec.earliest()));
      assertThat(all).isNotEmpty();
      Map<TopicPartition, OffsetAndMetadata> earliest = new HashMap<>();
      admin
          .listOffsets(all)
          .all()
          .get()
          .forEach(
              (partition, first) -> earliest.put(partition, new OffsetAndMetadata(first.offset())));
      admin.alterConsumerGroupOffsets(group, earliest).all().get();
    }
  }

  /** The arguments of the command in the page. */
  private static List<String> documented() throws IOException {
    String page = Files.readString(Path.of("../docs/api.md"));
    Matcher command =
        Pattern.compile("(?s)```bash\nkafka-consumer-groups.sh (.*?)```").matcher(page);
    assertThat(command.find()).isTrue();
    String arguments = command.group(1).replace("\\\n", " ");
    return List.of(arguments.strip().split("\\s+")).stream()
        .map(word -> word.replace("$KAFKA", RealKafka.bootstrapServers()))
        .toList();
  }
}
