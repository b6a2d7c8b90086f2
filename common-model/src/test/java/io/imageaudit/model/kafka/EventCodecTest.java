package io.imageaudit.model.kafka;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.imageaudit.model.AuditJson;
import io.imageaudit.model.ImageSource;
import io.imageaudit.model.TraceParent;
import io.imageaudit.model.event.AuditConcluded;
import io.imageaudit.model.event.AuditEvent;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Objects;
import java.util.Random;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.Header;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

class EventCodecTest {

  private static final String AUDIT_ID = "0197a1b2-c3d4-7e5f-8a9b-0c1d2e3f4a5b";

  private final EventCodec codec = new EventCodec();
  private final JsonMapper json = AuditJson.mapper();

  @ParameterizedTest
  @CsvSource({
    "image-audit.submitted, audit-submitted-v1",
    "image-audit.submitted, audit-submitted-stored-v1",
    "image-audit.ingested, audit-ingested-v1",
    "image-audit.ingested, audit-ingested-parts-v1",
    "image-audit.concluded, audit-concluded-v1",
    "image-audit.concluded, audit-concluded-evidence-v1",
    "image-audit.notified, audit-notified-v1"
  })
  void an_event_written_by_the_first_version_reads_and_writes_the_same(
      String topicName, String file) {
    EventTopic<?> topic = topic(topicName);
    String golden = golden(file);

    AuditEvent event = codec.decode(topic, consumed(topicName, AUDIT_ID, golden));

    assertThat(json.readTree(json.writeValueAsString(event))).isEqualTo(json.readTree(golden));
  }

  @Test
  void a_field_that_a_later_version_added_is_ignored() {
    String later =
        golden("audit-submitted-v1").replace("{\"audit_id\"", "{\"new\":[1],\"audit_id\"");

    var event =
        codec.decode(EventTopic.SUBMITTED, consumed(EventTopic.SUBMITTED_NAME, AUDIT_ID, later));

    assertThat(event.image()).isInstanceOf(ImageSource.Remote.class);
  }

  @Test
  void a_record_names_its_kind_its_version_and_its_trace_and_is_keyed_by_audit() {
    AuditConcluded event = json.readValue(golden("audit-concluded-v1"), AuditConcluded.class);
    TraceParent trace = TraceParent.start(new Random(1));

    ProducerRecord<String, byte[]> produced = codec.encode(EventTopic.CONCLUDED, event, trace);

    assertThat(produced.key()).isEqualTo(AUDIT_ID);
    assertThat(header(produced, "event-type")).isEqualTo("audit-concluded");
    assertThat(header(produced, "event-version")).isEqualTo("1");
    assertThat(header(produced, "traceparent")).isEqualTo(trace.toString());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "not json",
        "null",
        "{}",
        "[]",
        "{\"audit_id\":\"0197a1b2-c3d4-7e5f-8a9b-0c1d2e3f4a5b\"}",
        "{\"audit_id\":\"17\",\"request\":{}}"
      })
  void a_value_that_is_not_the_event_is_malformed(String value) {
    var entry = consumed(EventTopic.SUBMITTED_NAME, AUDIT_ID, value);

    assertThatThrownBy(() -> codec.decode(EventTopic.SUBMITTED, entry))
        .isInstanceOf(MalformedEventException.class)
        .hasMessageStartingWith("image-audit.submitted: ");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "audit_id",
        "request",
        "request.tenant",
        "request.strategy",
        "request.priority",
        "request.trace_id",
        "request.submitted_at",
        "request.deadline",
        "image",
        "image.sha256",
        "image.format",
        "ingested_at"
      })
  void an_event_that_lacks_what_every_reader_relies_on_is_malformed(String field) {
    ObjectNode event = (ObjectNode) json.readTree(golden("audit-ingested-v1"));
    int dot = field.indexOf('.');
    ObjectNode holder = dot < 0 ? event : (ObjectNode) event.get(field.substring(0, dot));
    holder.remove(field.substring(dot + 1));
    var entry = consumed(EventTopic.INGESTED_NAME, AUDIT_ID, event.toString());

    assertThatThrownBy(() -> codec.decode(EventTopic.INGESTED, entry))
        .isInstanceOf(MalformedEventException.class);
  }

  @Test
  void a_record_without_a_value_is_malformed() {
    var entry = consumed(EventTopic.SUBMITTED_NAME, AUDIT_ID, null);

    assertThatThrownBy(() -> codec.decode(EventTopic.SUBMITTED, entry))
        .isInstanceOf(MalformedEventException.class);
  }

  @Test
  void a_record_under_the_key_of_another_audit_is_malformed() {
    var entry =
        consumed(
            EventTopic.SUBMITTED_NAME,
            "0197a1b2-c3d4-7e5f-8a9b-000000000000",
            golden("audit-submitted-v1"));

    assertThatThrownBy(() -> codec.decode(EventTopic.SUBMITTED, entry))
        .isInstanceOf(MalformedEventException.class);
  }

  private static EventTopic<?> topic(String name) {
    return EventTopic.all().stream().filter(t -> t.name().equals(name)).findFirst().orElseThrow();
  }

  private static ConsumerRecord<String, byte @Nullable []> consumed(
      String topic, String key, @Nullable String value) {
    return new ConsumerRecord<>(
        topic, 0, 0, key, value == null ? null : value.getBytes(StandardCharsets.UTF_8));
  }

  private static String header(ProducerRecord<String, byte[]> produced, String name) {
    Header header = Objects.requireNonNull(produced.headers().lastHeader(name));
    return new String(header.value(), StandardCharsets.US_ASCII);
  }

  private static String golden(String file) {
    try (InputStream in =
        Objects.requireNonNull(
            EventCodecTest.class.getResourceAsStream("/golden/" + file + ".json"))) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8).strip();
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }
}
