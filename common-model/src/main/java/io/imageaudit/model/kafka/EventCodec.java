package io.imageaudit.model.kafka;

import io.imageaudit.model.AuditJson;
import io.imageaudit.model.TraceParent;
import io.imageaudit.model.event.AuditEvent;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.Headers;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/** Turns events into Kafka records and back. */
public final class EventCodec {

  private final JsonMapper json = AuditJson.mapper();

  /**
   * The record that carries an event.
   *
   * @param trace the step that says it
   */
  public <E extends AuditEvent> ProducerRecord<String, byte[]> encode(
      EventTopic<E> topic, E event, TraceParent trace) {
    ProducerRecord<String, byte[]> entry =
        new ProducerRecord<>(
            topic.name(), event.auditId().toString(), json.writeValueAsBytes(event));
    put(entry.headers(), EventTopic.EVENT_TYPE, topic.eventType());
    put(entry.headers(), EventTopic.EVENT_VERSION, EventTopic.CURRENT_VERSION);
    put(entry.headers(), TraceParent.HEADER, trace.toString());
    return entry;
  }

  /**
   * The event that a record carries.
   *
   * @throws MalformedEventException when it does not carry one
   */
  public <E extends AuditEvent> E decode(
      EventTopic<E> topic, ConsumerRecord<String, byte @Nullable []> entry) {
    byte[] value = entry.value();
    if (value == null) {
      throw new MalformedEventException(topic.name(), "the record has no value");
    }
    E event = read(topic, value);
    if (!event.auditId().toString().equals(entry.key())) {
      throw new MalformedEventException(topic.name(), "the key is not the event's audit_id");
    }
    return event;
  }

  /**
   * The event that a record carries, and the step that said it.
   *
   * @throws MalformedEventException when it does not carry one
   */
  public <E extends AuditEvent> Heard<E> hear(
      EventTopic<E> topic, ConsumerRecord<String, byte @Nullable []> entry) {
    E event = decode(topic, entry);
    return new Heard<>(event, traceOf(entry).orElseGet(() -> EventPublisher.submission(event)));
  }

  /** The step that said the event, if the record names one. */
  public Optional<TraceParent> traceOf(ConsumerRecord<String, byte @Nullable []> entry) {
    Header header = entry.headers().lastHeader(TraceParent.HEADER);
    return header == null
        ? Optional.empty()
        : TraceParent.parse(new String(header.value(), StandardCharsets.US_ASCII));
  }

  private <E extends AuditEvent> E read(EventTopic<E> topic, byte[] value) {
    E event;
    try {
      event = json.readValue(value, topic.payload());
    } catch (JacksonException e) {
      throw new MalformedEventException(topic.name(), e.getOriginalMessage());
    }
    if (!(event instanceof Record content)) { // The document may be the word null.
      throw new MalformedEventException(topic.name(), "the record has no event");
    }
    Completeness.firstMissing(content)
        .ifPresent(missing -> {
          throw new MalformedEventException(topic.name(), missing + " is missing");
        });
    return event;
  }

  private static void put(Headers headers, String name, String value) {
    headers.add(name, value.getBytes(StandardCharsets.US_ASCII));
  }
}
