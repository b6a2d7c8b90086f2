package io.imageaudit.worker.audit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.imageaudit.model.TraceParent;
import io.imageaudit.model.Verdict;
import io.imageaudit.model.event.AuditConcluded;
import io.imageaudit.model.event.AuditIngested;
import io.imageaudit.model.kafka.Heard;
import io.imageaudit.worker.AuditWorkerApplication;
import io.imageaudit.worker.inference.FaultyModelServer;
import io.micrometer.core.instrument.MeterRegistry;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.core.env.Environment;

/**
 * Outages: nothing is lost, nothing passes unseen, nothing stands still for longer than it must.
 */
class FaultsIT extends WorkerBed {

  /** A minute when asked for: {@code -Dimage-audit.test.outage=60}. */
  private static final Duration OUTAGE =
      Duration.ofSeconds(Integer.getInteger("image-audit.test.outage", 3));

  @Autowired private Environment environment;
  @Autowired private RunAudits runAudits;
  @Autowired private MeterRegistry meters;
  @Autowired private KafkaPauses pauses;

  @Test
  void while_the_model_server_is_down_kafka_is_paused_and_all_get_full_verdicts_later() {
    List<AuditIngested> events = stored(24, OUTAGE.plusSeconds(60));
    pauses.forget();
    MODEL.goAway();

    events.forEach(this::say);

    await().atMost(PATIENCE).until(() -> pauses.paused() > 0 && runAudits.running().count() > 0);
    Instant back = Instant.now().plus(OUTAGE);
    await().atMost(OUTAGE.plusSeconds(5)).until(() -> Instant.now().isAfter(back));
    assertThat(events).allSatisfy(event -> assertThat(concluded.of(event.auditId())).isEmpty());
    MODEL.comeBack();

    for (AuditIngested event : events) {
      AuditConcluded said = awaitFirst(event);
      assertThat(said.verdict()).isEqualTo(Verdict.PASS);
      assertThat(said.degraded()).isFalse();
      assertThat(records(event)).isEqualTo(1);
    }
    await().atMost(PATIENCE).until(() -> pauses.resumed() > 0 && runAudits.running().count() == 0);
    assertThat(meters.find("resilience4j.circuitbreaker.state").tag("name", "demo").gauges())
        .isNotEmpty();
  }

  @Test
  void a_poll_is_decided_when_the_first_of_its_audits_must_be() throws Exception {
    AuditIngested far = ingested(picture(300, 300), Duration.ofMinutes(10));
    AuditIngested near = ingested(picture(300, 300), Duration.ofSeconds(7));
    MODEL.goAway();
    try {
      CompletableFuture<Boolean> ended = runAudits.run(List.of(heard(far), heard(near)));

      assertThat(ended.get(PATIENCE.toSeconds(), TimeUnit.SECONDS)).isTrue();
      for (AuditIngested event : List.of(far, near)) {
        AuditConcluded said = awaitFirst(event);
        assertThat(said.verdict()).isEqualTo(Verdict.REVIEW);
        assertThat(said.missingChecks()).containsExactly("demo");
        assertThat(said.concludedAt()).isBefore(near.request().deadline());
      }
    } finally {
      MODEL.comeBack();
    }
    awaitFinished(far);
    awaitFinished(near);
  }

  @Test
  void when_the_memory_for_tensors_is_full_kafka_is_paused_and_everyone_gets_a_turn() {
    MODEL.takeTime(Duration.ofMillis(200));
    pauses.forget();
    List<AuditIngested> events = stored(60, Duration.ofSeconds(60));

    events.forEach(this::say);

    events.forEach(event -> assertThat(awaitFirst(event).verdict()).isEqualTo(Verdict.PASS));
    assertThat(pauses.paused()).isPositive();
    assertThat(MODEL.requests())
        .allSatisfy(
            request -> assertThat(request.getInputs(0).getShape(0)).isLessThanOrEqualTo(TENSORS));
  }

  @Test
  void a_worker_that_stops_gives_back_what_it_holds_within_twenty_seconds() {
    try (FaultyModelServer hanging = new FaultyModelServer()) {
      hanging.hang();
      ConfigurableApplicationContext other = another(hanging.endpoint());
      List<AuditIngested> events = new ArrayList<>();
      await()
          .atMost(PATIENCE)
          .pollInterval(Duration.ofMillis(500))
          .until(() -> {
            events.addAll(stored(8, Duration.ofSeconds(60)));
            events.subList(events.size() - 8, events.size()).forEach(this::say);
            return !hanging.requests().isEmpty();
          });

      Instant start = Instant.now();
      other.close();

      assertThat(Duration.between(start, Instant.now())).isLessThan(Duration.ofSeconds(20));
      for (AuditIngested event : events) {
        assertThat(awaitFirst(event).verdict()).isEqualTo(Verdict.PASS);
        assertThat(records(event)).isEqualTo(1);
      }
    }
  }

  @Test
  void a_policy_that_changes_counts_from_then_on_without_a_restart() throws IOException {
    MODEL.score(0, 0.6f, 0, 0);
    Path policy = POLICIES.resolve("default.yaml");
    String before = Files.readString(policy);
    AuditIngested first = stored(1, Duration.ofSeconds(60)).getFirst();
    say(first);
    AuditConcluded judged = awaitFirst(first);
    assertThat(judged.verdict()).isEqualTo(Verdict.REVIEW);

    try {
      Files.writeString(
          policy, before.replaceAll("divert.qrcode: .*", "divert.qrcode: {block: 0.3}"));
      await()
          .atMost(PATIENCE)
          .untilAsserted(() -> {
            AuditIngested next = stored(1, Duration.ofSeconds(60)).getFirst();
            say(next);
            AuditConcluded said = awaitFirst(next);
            assertThat(said.verdict()).isEqualTo(Verdict.BLOCK);
            assertThat(said.policy()).isNotEqualTo(judged.policy());
          });
    } finally {
      Files.writeString(policy, before);
    }
  }

  private static Heard<AuditIngested> heard(AuditIngested event) {
    return new Heard<>(event, TraceParent.start(new Random(1)));
  }

  private List<AuditIngested> stored(int count, Duration left) {
    return Stream.generate(() -> ingested(picture(300, 300), left)).limit(count).toList();
  }

  private ConfigurableApplicationContext another(String model) {
    return new SpringApplicationBuilder(AuditWorkerApplication.class)
        .run(
            "--server.port=0",
            "--spring.jmx.enabled=false",
            "--spring.datasource.url=" + environment.getProperty("spring.datasource.url"),
            "--spring.datasource.username=" + environment.getProperty("spring.datasource.username"),
            "--spring.datasource.password=" + environment.getProperty("spring.datasource.password"),
            "--spring.kafka.bootstrap-servers="
                + environment.getProperty("spring.kafka.bootstrap-servers"),
            // More would be added to the topics, and be heard of by the first worker minutes later.
            "--image-audit.events.partitions="
                + environment.getProperty("image-audit.events.partitions"),
            "--image-audit.models.demo.endpoint=" + model,
            "--image-audit.store.directory=" + STORE,
            "--image-audit.policy.directory=" + POLICIES,
            "--image-audit.audit.consumers=4",
            "--image-audit.audit.drain=2s");
  }
}
