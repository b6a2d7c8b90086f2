package io.imageaudit.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import io.imageaudit.model.AuditStatus;
import io.imageaudit.model.event.AuditConcluded;
import io.imageaudit.model.event.AuditSubmitted;
import io.imageaudit.model.kafka.EventTopic;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Asking what became of audits. */
@GatewayTest
class ReadingIT {

  private final Door door;

  ReadingIT(Door door) {
    this.door = door;
  }

  @Test
  void an_audit_past_its_deadline_ends_as_expired_and_wakes_who_waits() {
    Answer receipt = submit("expires", 1);
    Answer waited =
        CompletableFuture.supplyAsync(
                () -> door.get("/v1/audits/" + receipt.auditId() + "?wait=20"))
            .join();
    assertThat(waited.data().path("status").asString()).isEqualTo("EXPIRED");
    assertThat(waited.data().path("error").path("code").asString()).isEqualTo("DEADLINE_EXCEEDED");
    AuditConcluded end = Topics.hear(EventTopic.CONCLUDED, receipt.auditId(), 1).getFirst();
    assertThat(end.status()).isEqualTo(AuditStatus.EXPIRED);
    Answer evidence = door.get("/v1/audits/" + receipt.auditId() + "/record");
    assertThat(evidence.data().path("status").asString()).isEqualTo("EXPIRED");
  }

  @Test
  void an_audit_that_stays_queued_is_announced_again() {
    Answer receipt = submit("again", 600);
    List<AuditSubmitted> heard = Topics.hear(EventTopic.SUBMITTED, receipt.auditId(), 2);
    assertThat(heard.getFirst()).isEqualTo(heard.getLast());
  }

  @Test
  void a_wait_ends_with_the_time_given() {
    Answer receipt = submit("waits", 600);
    Instant start = Instant.now();
    Answer answer = door.get("/v1/audits/" + receipt.auditId() + "?wait=1");
    assertThat(answer.data().path("status").asString()).isEqualTo("QUEUED");
    assertThat(Duration.between(start, Instant.now())).isGreaterThan(Duration.ofMillis(900));
    assertThat(door.get("/v1/audits/" + receipt.auditId() + "?wait=31").status()).isEqualTo(400);
    assertThat(door.get("/v1/audits/" + receipt.auditId() + "?waits=1").status()).isEqualTo(400);
  }

  @Test
  void an_unchanged_audit_is_not_sent_again() {
    Answer receipt = submit("etag", 600);
    Answer first = door.get("/v1/audits/" + receipt.auditId());
    Answer second =
        door.send(
            door.request("/v1/audits/" + receipt.auditId())
                .header("If-None-Match", first.header("ETag")));
    assertThat(second.status()).isEqualTo(304);
    assertThat(second.http().body()).isEmpty();
  }

  @Test
  void pages_hold_each_audit_once_and_the_latest_first() {
    String reference = "page-" + UUID.randomUUID();
    List<String> expected = new ArrayList<>();
    for (int number = 0; number < 5; number++) {
      expected.addFirst(submit(reference, 600).auditId());
    }
    List<String> found = new ArrayList<>();
    String cursor = "";
    do {
      Answer page =
          door.get(
              "/v1/audits?limit=2&reference="
                  + reference
                  + (cursor.isEmpty() ? "" : "&cursor=" + cursor));
      assertThat(page.status()).isEqualTo(200);
      page.data().path("items").forEach(item -> found.add(item.path("audit_id").asString()));
      cursor = page.data().path("next_cursor").asString("");
    } while (!cursor.isEmpty());
    assertThat(found).hasSameElementsAs(expected).hasSize(5);
  }

  @Test
  void search_keeps_to_what_was_asked() {
    String reference = "ask-" + UUID.randomUUID();
    submit(reference, 600);
    String path = "/v1/audits?reference=" + reference;
    assertThat(count(path)).isEqualTo(1);
    assertThat(count(path + "&status=QUEUED")).isEqualTo(1);
    assertThat(count(path + "&status=COMPLETED")).isZero();
    assertThat(count(path + "&verdict=BLOCK")).isZero();
    assertThat(count(path + "&category=adult.explicit")).isZero();
    assertThat(count(path + "&from=2020-01-01T00:00:00Z")).isEqualTo(1);
    assertThat(count(path + "&from=2120-01-01T00:00:00Z")).isZero();
    assertThat(count(path + "&to=2020-01-01T00:00:00%2B08:00")).isZero();
  }

  @ParameterizedTest
  @CsvSource({
    "status=DONE, status",
    "verdict=pass, verdict",
    "category=x, category",
    "from=yesterday, from",
    "from=%2B999999999-01-01T00:00:00Z, from",
    "to=2026-01-01, to",
    "limit=0, limit",
    "limit=201, limit",
    "limit=1&limit=2, limit",
    "cursor=x, cursor",
    "reference=%00, reference",
    "api_key=iak_x, api_key",
  })
  void faulty_parameters_are_named(String query, String field) {
    Answer answer = door.get("/v1/audits?" + query);
    assertThat(answer.status()).isEqualTo(400);
    assertThat(answer.errors()).singleElement().asString().startsWith(field + ": ");
  }

  @Test
  void limits_are_those_in_force() {
    Answer answer = door.get("/v1/limits");
    assertThat(answer.data().path("max_upload_image_bytes").asLong()).isEqualTo(20L << 20);
    assertThat(answer.data().path("max_wait_sec").asInt()).isEqualTo(30);
  }

  private int count(String path) {
    Answer answer = door.get(path);
    assertThat(answer.status()).as(answer.http().body()).isEqualTo(200);
    return answer.data().path("items").size();
  }

  private Answer submit(String reference, int timeoutSec) {
    Answer receipt =
        door.submit(
            """
            {"image_url": "https://shop.example/r.jpg", "reference": "%s", "timeout_sec": %d}
            """
                .formatted(reference, timeoutSec));
    assertThat(receipt.status()).isEqualTo(202);
    return receipt;
  }
}
