package io.imageaudit.model.kafka;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.imageaudit.model.AuditId;
import io.imageaudit.model.AuditRequest;
import io.imageaudit.model.AuditStatus;
import io.imageaudit.model.ContentDigest;
import io.imageaudit.model.FailureCode;
import io.imageaudit.model.ImageFacts;
import io.imageaudit.model.ImageSource;
import io.imageaudit.model.Priority;
import io.imageaudit.model.TenantId;
import io.imageaudit.model.TraceParent;
import io.imageaudit.model.event.AuditConcluded;
import io.imageaudit.model.event.AuditIngested;
import io.imageaudit.model.event.AuditSubmitted;
import io.imageaudit.test.RealServers;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Queue;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.dao.QueryTimeoutException;
import org.springframework.kafka.annotation.KafkaListener;
import org.springframework.kafka.core.KafkaTemplate;
import org.springframework.test.context.ContextConfiguration;

@SpringBootTest(
    properties = {
      "spring.config.import=classpath:image-audit-defaults.yaml",
      "spring.kafka.consumer.group-id=dead-letters-test"
    })
@ContextConfiguration(initializers = RealServers.class)
class DeadLettersIT {

  private static final Instant NOW = Instant.parse("2026-11-01T10:00:00Z");
  private static final Duration PATIENCE = Duration.ofSeconds(30);

  @Autowired private EventPublisher publisher;
  @Autowired private KafkaTemplate<String, byte[]> kafka;
  @Autowired private Audience audience;

  @Test
  void a_record_that_always_fails_is_put_aside_and_its_audit_ends_as_failed() {
    AuditSubmitted event = submitted("always-fails");

    publisher.publish(EventTopic.SUBMITTED, event, TraceParent.start(new Random(1)));

    await().atMost(PATIENCE).until(() -> audience.deadKeys().contains(event.auditId().toString()));
    await().atMost(PATIENCE).until(() -> audience.concluded(event.auditId()) != null);
    AuditConcluded end = Objects.requireNonNull(audience.concluded(event.auditId()));
    assertThat(end.status()).isEqualTo(AuditStatus.FAILED);
    assertThat(Objects.requireNonNull(end.error()).code()).isEqualTo(FailureCode.INTERNAL_ERROR);
    assertThat(end.request()).isEqualTo(event.request());
    assertThat(audience.tries(event.auditId())).isEqualTo(4);
  }

  @Test
  void nothing_is_said_of_an_audit_whose_end_is_kept_in_records() {
    AuditSubmitted earlier = submitted("fine");
    AuditIngested event =
        new AuditIngested(
            earlier.auditId(),
            earlier.request(),
            new ImageFacts(ContentDigest.of(new byte[1]), "png", 8, 8, 1, 1, null),
            NOW);
    AuditSubmitted next = submitted("always-fails");

    publisher.publish(EventTopic.INGESTED, event, TraceParent.start(new Random(1)));
    await().atMost(PATIENCE).until(() -> audience.deadKeys().contains(event.auditId().toString()));
    publisher.publish(EventTopic.SUBMITTED, next, TraceParent.start(new Random(1)));

    await().atMost(PATIENCE).until(() -> audience.concluded(next.auditId()) != null);
    assertThat(audience.concluded(event.auditId())).isNull();
  }

  @Test
  void a_record_that_is_no_event_is_put_aside_at_once_and_the_next_one_is_heard() {
    String key = UUID.randomUUID().toString();
    AuditSubmitted next = submitted("fine");

    kafka.send(EventTopic.SUBMITTED_NAME, 0, key, new byte[] {'{'}).join();
    publisher.publish(EventTopic.SUBMITTED, next, TraceParent.start(new Random(1)));

    await().atMost(PATIENCE).until(() -> audience.deadKeys().contains(key));
    await().atMost(PATIENCE).until(() -> audience.tries(next.auditId()) == 1);
  }

  @Test
  void a_fault_that_passes_is_waited_out() {
    AuditSubmitted event = submitted("fails-4-times");

    publisher.publish(EventTopic.SUBMITTED, event, TraceParent.start(new Random(1)));

    await().atMost(PATIENCE).until(() -> audience.tries(event.auditId()) == 5);
    assertThat(audience.deadKeys()).doesNotContain(event.auditId().toString());
  }

  private static AuditSubmitted submitted(String reference) {
    AuditRequest request =
        new AuditRequest(
            new TenantId("acme"),
            reference,
            null,
            "default",
            null,
            Priority.INTERACTIVE,
            "0af7651916cd43dd8448eb211c80319c",
            NOW,
            NOW.plusSeconds(60));
    return new AuditSubmitted(
        new AuditId(UUID.randomUUID()),
        request,
        new ImageSource.Remote(URI.create("https://merchant.example/shoe.jpg")));
  }

  @Configuration(proxyBeanMethods = false)
  @EnableAutoConfiguration
  @Import(EventsConfig.class)
  static class Stage {

    @Bean
    Audience audience(EventCodec codec) {
      return new Audience(codec);
    }
  }

  /** Hears submissions badly and everything that follows well. */
  static class Audience {

    private final EventCodec codec;
    private final Queue<AuditId> tries = new ConcurrentLinkedQueue<>();
    private final Queue<String> dead = new ConcurrentLinkedQueue<>();
    private final Queue<AuditConcluded> concluded = new ConcurrentLinkedQueue<>();

    Audience(EventCodec codec) {
      this.codec = codec;
    }

    @KafkaListener(topics = EventTopic.SUBMITTED_NAME)
    void onSubmitted(ConsumerRecord<String, byte @Nullable []> entry) {
      AuditSubmitted event = codec.decode(EventTopic.SUBMITTED, entry);
      tries.add(event.auditId());
      String reference = String.valueOf(event.request().reference());
      if (reference.equals("always-fails")) {
        throw new IllegalStateException("as asked");
      }
      if (reference.equals("fails-4-times") && tries(event.auditId()) <= 4) {
        throw new QueryTimeoutException("as asked");
      }
    }

    @KafkaListener(topics = EventTopic.INGESTED_NAME)
    void onIngested(ConsumerRecord<String, byte @Nullable []> entry) {
      throw new IllegalStateException("as always");
    }

    @KafkaListener(topics = {"image-audit.submitted.dlt", "image-audit.ingested.dlt"})
    void onDeadLetter(ConsumerRecord<String, byte @Nullable []> entry) {
      dead.add(entry.key());
    }

    @KafkaListener(topics = EventTopic.CONCLUDED_NAME)
    void onConcluded(ConsumerRecord<String, byte @Nullable []> entry) {
      concluded.add(codec.decode(EventTopic.CONCLUDED, entry));
    }

    int tries(AuditId auditId) {
      return (int) tries.stream().filter(auditId::equals).count();
    }

    List<String> deadKeys() {
      return List.copyOf(dead);
    }

    @Nullable AuditConcluded concluded(AuditId auditId) {
      return concluded.stream()
          .filter(event -> event.auditId().equals(auditId))
          .findFirst()
          .orElse(null);
    }
  }
}
