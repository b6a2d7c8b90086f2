package io.imageaudit.model.kafka;

import io.imageaudit.model.TraceParent;
import io.imageaudit.model.event.AuditEvent;
import io.imageaudit.model.event.AuditSubmitted;
import io.imageaudit.model.trace.Step;
import io.imageaudit.model.trace.StepKind;
import io.imageaudit.model.trace.Traces;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.jspecify.annotations.Nullable;
import org.springframework.kafka.core.KafkaTemplate;

/** Says events to the other services. */
public final class EventPublisher {

  private final KafkaTemplate<String, byte[]> kafka;
  private final EventCodec codec;
  private final Traces traces;

  EventPublisher(KafkaTemplate<String, byte[]> kafka, EventCodec codec, Traces traces) {
    this.kafka = kafka;
    this.codec = codec;
    this.traces = traces;
  }

  /**
   * The step that says that an audit was accepted. Its place follows from the audit's identity, so
   * that whoever comes back to an audit later can continue from there.
   */
  public static TraceParent submission(AuditEvent event) {
    return TraceParent.named(event.request().traceId(), event.auditId().value());
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
    Step step = begin(topic, event, trace);
    ProducerRecord<String, byte[]> entry = codec.encode(topic, event, step.place());
    return CompletableFuture.completedFuture(entry)
        .thenCompose(kafka::send)
        .<Void>thenApply(_ -> null)
        .whenComplete((_, fault) -> end(step, fault));
  }

  private Step begin(EventTopic<?> topic, AuditEvent event, TraceParent trace) {
    String name = "send " + topic.name();
    Step step =
        event instanceof AuditSubmitted
            ? traces.begin(StepKind.PRODUCER, name, trace, submission(event))
            : traces.begin(StepKind.PRODUCER, name, trace);
    step.note("messaging.system", "kafka");
    step.note("messaging.operation.name", "send");
    step.note("messaging.destination.name", topic.name());
    step.note("image_audit.audit_id", event.auditId().toString());
    return step;
  }

  private static void end(Step step, @Nullable Throwable fault) {
    if (fault != null) {
      step.fail(fault.getClass().getSimpleName());
    }
    step.close();
  }
}
