package io.imageaudit.model.kafka;

import io.imageaudit.model.Failure;
import io.imageaudit.model.FailureCode;
import io.imageaudit.model.event.AuditConcluded;
import io.imageaudit.model.event.AuditSubmitted;
import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import java.util.concurrent.CompletionException;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.kafka.core.KafkaTemplate;
import org.springframework.kafka.listener.ConsumerRecordRecoverer;

/**
 * Puts a record that could not be processed into its dead-letter topic, and ends an audit that was
 * only submitted as FAILED so that the submitter hears something, unless this service carries no
 * audit on. Any other event is only put aside: the ends of audits whose image is stored are kept in
 * records, and nothing may be said that is in none.
 */
final class DeadLetters implements ConsumerRecordRecoverer {

  private static final Logger LOG = LoggerFactory.getLogger(DeadLetters.class);

  private final KafkaTemplate<String, byte[]> kafka;
  private final EventCodec codec;
  private final EventPublisher publisher;
  private final InstantSource clock;
  private final boolean endsAudits;

  DeadLetters(
      KafkaTemplate<String, byte[]> kafka,
      EventCodec codec,
      EventPublisher publisher,
      InstantSource clock,
      boolean endsAudits) {
    this.kafka = kafka;
    this.codec = codec;
    this.publisher = publisher;
    this.clock = clock;
    this.endsAudits = endsAudits;
  }

  @Override
  @SuppressWarnings("unchecked") // All consumers of events read text keys and byte values.
  public void accept(ConsumerRecord<?, ?> entry, Exception fault) {
    ConsumerRecord<String, byte @Nullable []> raw =
        (ConsumerRecord<String, byte @Nullable []>) entry;
    Throwable cause = fault.getCause() == null ? fault : fault.getCause();
    LOG.error(
        "{} partition {} offset {} cannot be processed; put aside in {}",
        raw.topic(),
        raw.partition(),
        raw.offset(),
        EventTopic.deadLettersOf(raw.topic()),
        cause);
    putAside(raw, cause);
    if (endsAudits) {
      endAudit(raw);
    }
  }

  private void putAside(ConsumerRecord<String, byte @Nullable []> raw, Throwable cause) {
    ProducerRecord<String, byte[]> entry =
        new ProducerRecord<>(
            EventTopic.deadLettersOf(raw.topic()), null, raw.key(), raw.value(), raw.headers());
    header(entry, "dlt-fault", cause.getClass().getName());
    header(entry, "dlt-source", raw.topic() + "-" + raw.partition() + "@" + raw.offset());
    try {
      kafka.send(entry).join();
    } catch (CompletionException e) {
      throw new EventNotPublishedException(entry.topic(), e.getCause());
    }
  }

  private void endAudit(ConsumerRecord<String, byte @Nullable []> raw) {
    if (!raw.topic().equals(EventTopic.SUBMITTED_NAME)) {
      return;
    }
    AuditSubmitted event;
    try {
      event = codec.decode(EventTopic.SUBMITTED, raw);
    } catch (MalformedEventException _) {
      return; // Nobody can tell whose audit it was; the gateway ends it at its deadline.
    }
    Failure failure =
        new Failure(FailureCode.INTERNAL_ERROR, "The image could not be audited. Submit it again.");
    publisher.publish(
        EventTopic.CONCLUDED,
        AuditConcluded.failed(event.auditId(), event.request(), failure, null, clock.instant()),
        codec.traceOf(raw).orElseGet(() -> EventPublisher.submission(event)));
  }

  private static void header(ProducerRecord<String, byte[]> entry, String name, String value) {
    entry.headers().add(name, value.getBytes(StandardCharsets.UTF_8));
  }
}
