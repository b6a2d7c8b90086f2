package io.imageaudit.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.github.f4b6a3.uuid.UuidCreator;
import io.imageaudit.model.AuditId;
import io.imageaudit.model.AuditRequest;
import io.imageaudit.model.ContentDigest;
import io.imageaudit.model.ImageFacts;
import io.imageaudit.model.Priority;
import io.imageaudit.model.TenantId;
import io.imageaudit.model.TraceParent;
import io.imageaudit.model.event.AuditIngested;
import io.imageaudit.model.kafka.EventPublisher;
import io.imageaudit.model.kafka.EventTopic;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.simple.JdbcClient;

/** An event among others that the read model cannot take. */
@GatewayTest
class PoisonIT {

  private static final String POISON = "poison";

  private final Door door;
  private final EventPublisher events;
  private final JdbcClient database;

  PoisonIT(Door door, EventPublisher events, JdbcClient database) {
    this.door = door;
    this.events = events;
    this.database = database;
  }

  @AfterEach
  void allow() {
    database.sql("alter table audit drop constraint if exists no_poison").update();
  }

  @Test
  void it_is_put_aside_and_ends_no_audit() {
    database
        .sql("alter table audit add constraint no_poison check (reference <> 'poison')")
        .update();
    AuditIngested poison = ingested(POISON);
    List<AuditIngested> others = new ArrayList<>();
    for (int number = 0; number < 20; number++) {
      others.add(ingested("fine"));
    }
    List<AuditIngested> all = new ArrayList<>(others);
    all.add(10, poison);
    TraceParent trace = TraceParent.start(new Random(7));
    all.forEach(event -> events.send(EventTopic.INGESTED, event, trace));

    assertThat(Topics.records(EventTopic.INGESTED.deadLetters(), key(poison), 1)).hasSize(1);
    others.forEach(event ->
        await()
            .atMost(Duration.ofSeconds(20))
            .until(() ->
                door.get("/v1/audits/" + key(event))
                    .data()
                    .path("status")
                    .asString("")
                    .equals("INGESTED")));
    assertThat(Topics.auditsSoFar(EventTopic.CONCLUDED.name()))
        .doesNotContainAnyElementsOf(keys(all));
    assertThat(Topics.auditsSoFar(EventTopic.INGESTED.deadLetters()))
        .contains(key(poison))
        .doesNotContainAnyElementsOf(keys(others));
  }

  private static List<String> keys(List<AuditIngested> events) {
    return events.stream().map(PoisonIT::key).toList();
  }

  private static String key(AuditIngested event) {
    return event.auditId().toString();
  }

  private static AuditIngested ingested(String reference) {
    Instant now = Instant.now();
    AuditRequest request =
        new AuditRequest(
            new TenantId(Keys.TENANT),
            reference,
            null,
            "default",
            null,
            Priority.BULK,
            "0af7651916cd43dd8448eb211c80319c",
            now,
            now.plusSeconds(600));
    ImageFacts facts = Events.facts(ContentDigest.of(new byte[] {'p'}));
    return new AuditIngested(new AuditId(UuidCreator.getTimeOrderedEpoch()), request, facts, now);
  }
}
