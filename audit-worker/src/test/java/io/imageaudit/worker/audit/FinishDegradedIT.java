package io.imageaudit.worker.audit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.grpc.Status;
import io.imageaudit.model.Verdict;
import io.imageaudit.model.event.AuditConcluded;
import io.imageaudit.model.event.AuditIngested;
import io.imageaudit.worker.policy.Policies;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

/** Degraded verdicts get better as models come back, each on its own. */
class FinishDegradedIT extends WorkerBed {

  private static final Duration SOON_DUE = Duration.ofSeconds(5);

  @Autowired private Policies policies;

  @Test
  void audits_of_a_model_that_is_back_are_finished_while_another_model_stays_away() {
    OTHER.fail(Status.UNAVAILABLE, Integer.MAX_VALUE);
    MODEL.fail(Status.UNAVAILABLE, Integer.MAX_VALUE);
    List<AuditIngested> hopeless = stored("other", 24);
    List<AuditIngested> later = stored("default", 24);
    Stream.concat(hopeless.stream(), later.stream()).forEach(this::say);
    Stream.concat(hopeless.stream(), later.stream())
        .forEach(event -> assertThat(awaitFirst(event).degraded()).isTrue());

    MODEL.reset();

    later.forEach(event -> assertThat(awaitVerdict(event, 2).verdict()).isEqualTo(Verdict.PASS));
    assertThat(hopeless).allSatisfy(event -> assertThat(concluded.of(event.auditId())).hasSize(1));
    assertThat(MODEL.requests()).anyMatch(request -> request.getInputs(0).getShape(0) > 1);
  }

  @Test
  void what_is_seen_later_is_said_although_another_check_will_never_look() {
    OTHER.fail(Status.INVALID_ARGUMENT, Integer.MAX_VALUE);
    MODEL.fail(Status.UNAVAILABLE, Integer.MAX_VALUE);
    AuditIngested event = stored("both", 1).getFirst();
    say(event);
    assertThat(awaitFirst(event).missingChecks()).containsExactlyInAnyOrder("demo", "other");

    MODEL.reset();
    MODEL.score(0, 0.9f, 0, 0);

    AuditConcluded second = awaitVerdict(event, 2);
    assertThat(second.verdict()).isEqualTo(Verdict.BLOCK);
    assertThat(second.missingChecks()).containsExactly("other");
    awaitFinished(event);
  }

  @Test
  void checks_that_come_back_one_after_the_other_give_a_verdict_each() {
    OTHER.fail(Status.UNAVAILABLE, Integer.MAX_VALUE);
    MODEL.fail(Status.UNAVAILABLE, Integer.MAX_VALUE);
    AuditIngested event = stored("both", 1).getFirst();
    say(event);
    assertThat(awaitFirst(event).verdict()).isEqualTo(Verdict.REVIEW);

    MODEL.reset();
    assertThat(awaitVerdict(event, 2).missingChecks()).containsExactly("other");
    OTHER.reset();

    AuditConcluded third = awaitVerdict(event, 3);
    assertThat(third.verdict()).isEqualTo(Verdict.PASS);
    assertThat(third.degraded()).isFalse();
    awaitFinished(event);
    assertThat(records(event)).isEqualTo(3);
  }

  @Test
  void an_audit_whose_policy_is_away_for_a_while_is_finished_when_it_is_back() throws IOException {
    MODEL.fail(Status.UNAVAILABLE, Integer.MAX_VALUE);
    AuditIngested event = stored("both", 1).getFirst();
    say(event);
    assertThat(awaitFirst(event).missingChecks()).containsExactly("demo");

    Path policy = POLICIES.resolve("both.yaml");
    String text = Files.readString(policy);
    Files.delete(policy);
    try {
      await().atMost(PATIENCE).until(() -> policies.of("both").isEmpty());
      MODEL.reset();
      int before = tries(event);
      await().atMost(PATIENCE).until(() -> tries(event) > before);
    } finally {
      Files.writeString(policy, text);
    }

    assertThat(awaitVerdict(event, 2).verdict()).isEqualTo(Verdict.PASS);
  }

  private int tries(AuditIngested event) {
    return jdbc.sql("select tries from unfinished_audit where audit_id = ?")
        .param(event.auditId().value())
        .query(Integer.class)
        .single();
  }

  private AuditConcluded awaitVerdict(AuditIngested event, int number) {
    await().atMost(PATIENCE).until(() -> verdicts(event, number).findAny().isPresent());
    return verdicts(event, number).findAny().orElseThrow();
  }

  private Stream<AuditConcluded> verdicts(AuditIngested event, int number) {
    return concluded.of(event.auditId()).stream().filter(said -> said.verdictSeq() == number);
  }

  private List<AuditIngested> stored(String strategy, int count) {
    return Stream.generate(() -> asking(strategy, ingested(picture(300, 300), SOON_DUE)))
        .limit(count)
        .toList();
  }
}
