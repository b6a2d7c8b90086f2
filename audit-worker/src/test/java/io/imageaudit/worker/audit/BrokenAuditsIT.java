package io.imageaudit.worker.audit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.imageaudit.model.AuditJson;
import io.imageaudit.model.AuditStatus;
import io.imageaudit.model.FailureCode;
import io.imageaudit.model.Verdict;
import io.imageaudit.model.event.AuditConcluded;
import io.imageaudit.model.event.AuditIngested;
import io.imageaudit.model.kafka.EventTopic;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.node.ObjectNode;

/** Audits and events that are broken end once, alone, and never otherwise than they were told. */
class BrokenAuditsIT extends WorkerBed {

  private static final Duration LEFT = Duration.ofSeconds(60);

  @Test
  void an_audit_that_was_told_to_have_failed_stays_failed_when_its_fault_has_passed()
      throws IOException {
    AuditIngested event = asking("not-yet-there", ingested(picture(300, 300), LEFT));

    say(event);

    AuditConcluded told = awaitFirst(event);
    assertThat(told.status()).isEqualTo(AuditStatus.FAILED);
    assertThat(code(told)).isEqualTo(FailureCode.INTERNAL_ERROR);
    assertThat(recorded(event).get("status").asString()).isEqualTo("FAILED");
    awaitPutAside(event.auditId().toString());

    Path policy = POLICIES.resolve("not-yet-there.yaml");
    Files.copy(POLICIES.resolve("default.yaml"), policy);
    try {
      await()
          .atMost(PATIENCE)
          .until(() -> {
            AuditIngested next = asking("not-yet-there", ingested(picture(300, 300), LEFT));
            say(next);
            return awaitFirst(next).status() == AuditStatus.COMPLETED;
          });
      say(event); // As after a crash, when its place was not yet acknowledged.

      await().atMost(PATIENCE).until(() -> concluded.of(event.auditId()).size() == 2);
      assertThat(concluded.of(event.auditId())).containsOnly(told);
      assertThat(records(event)).isEqualTo(1);
    } finally {
      Files.delete(policy);
    }
  }

  @Test
  void an_event_that_lacks_its_tenant_and_deadline_is_put_aside_and_those_around_it_are_judged() {
    List<AuditIngested> good = new ArrayList<>();
    for (int i = 0; i < 10; i++) {
      good.add(ingested(picture(200 + i, 200), LEFT));
    }
    AuditIngested incomplete = ingested(picture(199, 200), LEFT);
    ObjectNode document = (ObjectNode) AuditJson.mapper().valueToTree(incomplete);
    document.putObject("request");

    for (int i = 0; i < 10; i++) {
      send(good.get(i), AuditJson.mapper().writeValueAsString(good.get(i)));
      if (i == 4) {
        send(incomplete, document.toString());
      }
    }

    good.forEach(event -> assertThat(awaitFirst(event).verdict()).isEqualTo(Verdict.PASS));
    awaitPutAside(incomplete.auditId().toString());
    assertThat(concluded.of(incomplete.auditId())).isEmpty();
  }

  private void send(AuditIngested event, String document) {
    byte[] value = document.getBytes(StandardCharsets.UTF_8);
    kafka.send(EventTopic.INGESTED_NAME, 0, event.auditId().toString(), value).join();
  }

  private static void awaitPutAside(String key) {
    await()
        .atMost(PATIENCE)
        .until(() -> DeadLetterTopic.keys(EventTopic.INGESTED_NAME).contains(key));
  }
}
