package io.imageaudit.gateway.status;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.github.f4b6a3.uuid.UuidCreator;
import io.imageaudit.model.AuditId;
import io.imageaudit.model.AuditRequest;
import io.imageaudit.model.ContentDigest;
import io.imageaudit.model.ImageFacts;
import io.imageaudit.model.Priority;
import io.imageaudit.model.TenantId;
import io.imageaudit.model.TraceParent;
import io.imageaudit.model.event.AuditConcluded;
import io.imageaudit.model.event.AuditEvent;
import io.imageaudit.model.event.AuditIngested;
import io.imageaudit.model.kafka.EventCodec;
import io.imageaudit.model.kafka.EventTopic;
import io.imageaudit.model.kafka.TransientFaults;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.function.Predicate;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.springframework.dao.DataIntegrityViolationException;
import org.springframework.dao.QueryTimeoutException;
import org.springframework.kafka.listener.BatchListenerFailedException;
import org.springframework.transaction.CannotCreateTransactionException;

class AuditProgressListenerTest {

  private final EventCodec codec = new EventCodec();
  private final Model model = new Model();
  private final AuditProgressListener listener =
      new AuditProgressListener(
          codec, model, new AuditWatch(), new ConclusionMeters(new SimpleMeterRegistry()));

  @Test
  void an_event_that_makes_the_others_fail_is_named_by_its_place() {
    for (RuntimeException fault :
        List.of(
            new NullPointerException("as asked"),
            new IllegalStateException("as asked"),
            new DataIntegrityViolationException("as asked"))) {
      model.fault = fault;
      assertThat(refused("a", "b", "poison", "c").getIndex()).isEqualTo(2);
    }
  }

  @Test
  void a_fault_that_passes_keeps_every_event() {
    model.poisonous = _ -> true;
    for (RuntimeException fault :
        List.of(
            new QueryTimeoutException("as asked"),
            new CannotCreateTransactionException("as asked"))) {
      model.fault = fault;
      BatchListenerFailedException refused = refused("a", "b");
      assertThat(refused.getIndex()).isZero();
      assertThat(TransientFaults.passesByItself(refused)).isTrue();
    }
  }

  @Test
  void those_before_it_are_taken_up() {
    model.fault = new NullPointerException("as asked");
    refused("a", "b", "poison", "c");
    assertThat(model.taken).containsExactly("a", "b");
  }

  private BatchListenerFailedException refused(String... references) {
    List<ConsumerRecord<String, byte @Nullable []>> entries = new ArrayList<>();
    for (String reference : references) {
      entries.add(entry(reference));
    }
    return catchThrowableOfType(BatchListenerFailedException.class, () -> listener.heard(entries));
  }

  private ConsumerRecord<String, byte @Nullable []> entry(String reference) {
    AuditRequest request =
        new AuditRequest(
            new TenantId("acme"),
            reference,
            null,
            "default",
            null,
            Priority.BULK,
            "0af7651916cd43dd8448eb211c80319c",
            Instant.EPOCH,
            Instant.EPOCH.plusSeconds(60));
    ImageFacts image = new ImageFacts(ContentDigest.of(new byte[] {1}), "jpeg", 64, 64, 1, 1, null);
    ProducerRecord<String, byte[]> said =
        codec.encode(
            EventTopic.INGESTED,
            new AuditIngested(
                new AuditId(UuidCreator.getTimeOrderedEpoch()), request, image, Instant.EPOCH),
            TraceParent.start(new Random(1)));
    return new ConsumerRecord<>(said.topic(), 0, 0, said.key(), said.value());
  }

  /** Takes up all but what is poisonous. */
  private static final class Model implements AuditProgress {

    private final List<String> taken = new ArrayList<>();
    private Predicate<String> poisonous = "poison"::equals;
    private RuntimeException fault = new IllegalStateException();

    @Override
    public List<AuditConcluded> advance(List<AuditEvent> events) {
      List<String> references =
          events.stream().map(event -> String.valueOf(event.request().reference())).toList();
      if (references.stream().anyMatch(poisonous)) {
        throw fault;
      }
      taken.addAll(references);
      return List.of();
    }
  }
}
