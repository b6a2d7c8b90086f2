package io.imageaudit.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpRequest;
import java.util.Base64;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.jdbc.core.simple.JdbcClient;

/** The same key means the same audit. */
@GatewayTest
class IdempotencyIT {

  private static final String BODY = "{\"image_url\": \"https://shop.example/idem.jpg\"}";

  private final Door door;
  private final JdbcClient database;

  IdempotencyIT(Door door, JdbcClient database) {
    this.door = door;
    this.database = database;
  }

  @Test
  void a_repetition_gets_the_first_answer_again() {
    String key = UUID.randomUUID().toString();
    Answer first = submit(key, BODY);
    Answer second =
        submit("\"" + key + "\"", "{  \"image_url\":\"https://shop.example/idem.jpg\"}");
    assertThat(second.status()).isEqualTo(202);
    assertThat(second.http().body()).isEqualTo(first.http().body());
    assertThat(second.header("Location")).isEqualTo(first.header("Location"));
    assertThat(first.header("Idempotent-Replayed")).isEmpty();
    assertThat(second.header("Idempotent-Replayed")).isEqualTo("true");
  }

  @Test
  void another_request_with_the_key_is_refused() {
    String key = UUID.randomUUID().toString();
    submit(key, BODY);
    Answer other =
        submit(key, "{\"image_url\": \"https://shop.example/idem.jpg\", \"timeout_sec\": 9}");
    assertThat(other.status()).isEqualTo(422);
    assertThat(other.code()).isEqualTo("IDEMPOTENCY_KEY_REUSED");
  }

  @Test
  void content_counts_and_not_its_form() {
    String key = UUID.randomUUID().toString();
    byte[] picture = {1, 2, 3};
    Answer file =
        door.send(
            door.form("/v1/audits", "image", picture, Map.of("reference", "r"))
                .header("Idempotency-Key", key));
    String base64 = Base64.getEncoder().encodeToString(picture);
    Answer inline =
        submit(key, "{\"reference\": \"r\", \"image_base64\": \"%s\"}".formatted(base64));
    assertThat(inline.auditId()).isEqualTo(file.auditId());
    Answer other =
        door.send(
            door.form("/v1/audits", "image", new byte[] {1, 2, 4}, Map.of("reference", "r"))
                .header("Idempotency-Key", key));
    assertThat(other.status()).isEqualTo(422);
  }

  @Test
  void a_request_that_was_not_valid_keeps_no_key() {
    String key = UUID.randomUUID().toString();
    assertThat(submit(key, "{}").status()).isEqualTo(400);
    assertThat(submit(key, BODY).status()).isEqualTo(202);
  }

  @Test
  void what_was_refused_and_has_expired_is_made_anew() {
    String key = UUID.randomUUID().toString();
    String first = submit(key, BODY).auditId();
    set(first, "status = 'EXPIRED'");
    assertThat(submit(key, BODY).auditId()).isEqualTo(first);
    set(first, "refused = true");
    Answer anew = submit(key, BODY);
    assertThat(anew.status()).isEqualTo(202);
    assertThat(anew.auditId()).isNotEqualTo(first);
    assertThat(anew.header("Idempotent-Replayed")).isEmpty();
    assertThat(submit(key, BODY).auditId()).isEqualTo(anew.auditId());
  }

  @Test
  void what_was_refused_and_then_accepted_is_never_made_anew() {
    String key = UUID.randomUUID().toString();
    String first = submit(key, BODY).auditId();
    set(first, "refused = true");
    assertThat(submit(key, BODY).auditId()).isEqualTo(first);
    set(first, "status = 'EXPIRED'");
    assertThat(submit(key, BODY).auditId()).isEqualTo(first);
  }

  private void set(String auditId, String change) {
    database
        .sql("update audit set " + change + " where audit_id = ?::uuid")
        .param(auditId)
        .update();
  }

  @Test
  void a_crowd_with_one_key_makes_one_audit() throws Exception {
    String key = UUID.randomUUID().toString();
    Set<String> audits = new HashSet<>();
    try (ExecutorService crowd = Executors.newVirtualThreadPerTaskExecutor()) {
      Callable<Answer> call = () -> submit(key, BODY);
      List<Future<Answer>> answers =
          Stream.generate(() -> call).limit(40).map(crowd::submit).toList();
      for (Future<Answer> answer : answers) {
        assertThat(answer.get().status()).isIn(202, 409);
        if (answer.get().status() == 202) {
          audits.add(answer.get().auditId());
        } else {
          assertThat(answer.get().code()).isEqualTo("IDEMPOTENCY_IN_PROGRESS");
        }
      }
    }
    assertThat(audits).hasSize(1);
    assertThat(submit(key, BODY).auditId()).isEqualTo(audits.iterator().next());
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "two words", "a\"b", "back\\slash", "LONG"})
  void keys_of_another_form_are_refused(String key) {
    Answer answer = submit(key.equals("LONG") ? "k".repeat(256) : key, BODY);
    assertThat(answer.status()).isEqualTo(400);
    assertThat(answer.errors().getFirst()).startsWith("Idempotency-Key: ");
  }

  @Test
  void one_key_is_sent_once() {
    HttpRequest.Builder twice =
        door.json("/v1/audits", BODY).header("Idempotency-Key", "a").header("Idempotency-Key", "b");
    assertThat(door.send(twice).status()).isEqualTo(400);
    assertThat(submit("k".repeat(255), BODY).status()).isEqualTo(202);
  }

  private Answer submit(String key, String body) {
    return door.send(door.json("/v1/audits", body).header("Idempotency-Key", key));
  }
}
