package io.imageaudit.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import io.imageaudit.model.event.AuditSubmitted;
import io.imageaudit.model.kafka.EventTopic;
import java.net.http.HttpRequest;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

/** Many images in one call. */
@GatewayTest
class BatchIT {

  private static final String GOOD = "{\"image_url\": \"https://shop.example/batch.jpg\"}";

  private static final String OTHER = "{\"image_url\": \"https://shop.example/other.jpg\"}";

  private final Door door;
  private final FakeIntake intake;

  BatchIT(Door door, FakeIntake intake) {
    this.door = door;
    this.intake = intake;
  }

  @Test
  void good_items_are_accepted_whatever_the_others_are() {
    Answer answer =
        batch(
            GOOD
                + ", {\"image_url\": \"nonsense\", \"x\": 1}, 7, "
                + "{\"image_base64\": \"AQID\", \"timeout_sec\": 9}");
    assertThat(answer.status()).isEqualTo(202);
    JsonNode items = answer.data().path("items");
    assertThat(items.size()).isEqualTo(4);
    assertThat(items.valueStream().map(item -> item.path("index").asInt()))
        .containsExactly(0, 1, 2, 3);
    assertThat(items.valueStream().map(item -> item.path("code").asString()))
        .containsExactly("ACCEPTED", "VALIDATION_ERROR", "VALIDATION_ERROR", "ACCEPTED");
    assertThat(items.path(1).path("errors").size()).isEqualTo(2);
    String last = items.path(3).path("data").path("audit_id").asString();
    AuditSubmitted event = Topics.hear(EventTopic.SUBMITTED, last, 1).getFirst();
    assertThat(event.request().tenant().value()).isEqualTo(Keys.TENANT);
  }

  @Test
  void a_batch_without_a_good_item_is_answered_with_400() {
    Answer answer = batch("{}, {}");
    assertThat(answer.status()).isEqualTo(400);
    assertThat(answer.code()).isEqualTo("VALIDATION_ERROR");
    assertThat(answer.data().path("items").size()).isEqualTo(2);
    assertThat(batch("").status()).isEqualTo(400);
    assertThat(door.send(door.json("/v1/audits/batch", "{\"items\": 1}")).errors())
        .containsExactly("items: must be a list");
  }

  @Test
  void a_batch_is_not_larger_than_allowed() {
    String hundred = IntStream.range(0, 100).mapToObj(_ -> "{}").collect(Collectors.joining(","));
    assertThat(batch(hundred).data().path("items").size()).isEqualTo(100);
    Answer more = batch(hundred + ",{}");
    assertThat(more.status()).isEqualTo(400);
    assertThat(more.errors()).containsExactly("items: must not be more than 100");
  }

  @Test
  void a_repeated_batch_makes_no_second_audit() {
    String key = UUID.randomUUID().toString();
    Answer first = door.send(request(GOOD + "," + GOOD).header("Idempotency-Key", key));
    Answer second = door.send(request(GOOD + "," + GOOD).header("Idempotency-Key", key));
    assertThat(first.status()).isEqualTo(202);
    assertThat(second.data()).isEqualTo(first.data());
  }

  @Test
  void a_repeated_batch_is_marked_as_such() {
    String key = UUID.randomUUID().toString();
    Answer first = door.send(request(GOOD + ", {}").header("Idempotency-Key", key));
    Answer second = door.send(request(GOOD + ", {}").header("Idempotency-Key", key));
    assertThat(first.header("Idempotent-Replayed")).isEmpty();
    assertThat(second.header("Idempotent-Replayed")).isEqualTo("true");
    assertThat(second.data()).isEqualTo(first.data());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        GOOD + "," + OTHER,
        GOOD + ",{}," + OTHER + "," + GOOD,
        GOOD + ",{}," + GOOD,
        OTHER + ",{}," + GOOD,
        GOOD,
      })
  void another_batch_with_the_key_is_refused_as_a_whole(String items) {
    String key = UUID.randomUUID().toString();
    Answer first = door.send(request(GOOD + ",{}," + OTHER).header("Idempotency-Key", key));
    assertThat(first.status()).isEqualTo(202);
    Answer other = door.send(request(items).header("Idempotency-Key", key));
    assertThat(other.status()).isEqualTo(422);
    assertThat(other.code()).isEqualTo("IDEMPOTENCY_KEY_REUSED");
  }

  @Test
  void a_key_counts_for_a_batch_and_for_one_image_alike() {
    String key = UUID.randomUUID().toString();
    assertThat(door.send(request(GOOD).header("Idempotency-Key", key)).status()).isEqualTo(202);
    Answer single = door.send(door.json("/v1/audits", GOOD).header("Idempotency-Key", key));
    assertThat(single.status()).isEqualTo(422);
    String other = UUID.randomUUID().toString();
    Answer first = door.send(door.json("/v1/audits", GOOD).header("Idempotency-Key", other));
    assertThat(first.status()).isEqualTo(202);
    assertThat(door.send(request(GOOD).header("Idempotency-Key", other)).status()).isEqualTo(422);
  }

  @Test
  void other_bytes_make_another_batch_and_another_form_does_not() {
    String key = UUID.randomUUID().toString();
    Answer first = door.send(files(key, new byte[] {1, 2, 3}, new byte[] {4}));
    assertThat(first.status()).isEqualTo(202);
    Answer other = door.send(files(key, new byte[] {1, 2, 3}, new byte[] {5}));
    assertThat(other.status()).isEqualTo(422);
    String inline = "{\"image_base64\": \"AQID\"}, {\"image_base64\": \"BA==\"}";
    Answer same = door.send(request(inline).header("Idempotency-Key", key));
    assertThat(same.data()).isEqualTo(first.data());
  }

  @Test
  void a_batch_that_is_worked_on_is_told_to_wait() throws Exception {
    String key = UUID.randomUUID().toString();
    Gate gate = intake.hold();
    ExecutorService client = Executors.newVirtualThreadPerTaskExecutor();
    try {
      Future<Answer> first = client.submit(() -> door.send(files(key, new byte[] {7})));
      gate.awaitCall();
      Answer second = door.send(files(key, new byte[] {7}));
      assertThat(second.status()).isEqualTo(409);
      assertThat(second.code()).isEqualTo("IDEMPOTENCY_IN_PROGRESS");
      assertThat(second.header("Retry-After")).isEqualTo("2");
      gate.open();
      assertThat(first.get().status()).isEqualTo(202);
    } finally {
      gate.open();
      client.close();
    }
  }

  @Test
  void a_store_that_is_away_is_asked_once_for_a_whole_batch() {
    intake.answerWith(500);
    int before = intake.uploads();
    Answer answer =
        door.send(files(UUID.randomUUID().toString(), new byte[1], new byte[1], new byte[1]));
    intake.answerWith(201);
    assertThat(answer.status()).isEqualTo(503);
    assertThat(intake.uploads() - before).isEqualTo(1);
  }

  @Test
  void the_fields_beside_the_files_are_bounded() {
    String items = "[{\"reference\": \"" + "r".repeat(1 << 20) + "\"}]";
    assertThat(door.send(door.files("/v1/audits/batch", items, new byte[1])).status())
        .isEqualTo(413);
  }

  private HttpRequest.Builder files(String key, byte[]... files) {
    String items = "[" + "{},".repeat(files.length - 1) + "{}]";
    return door.files("/v1/audits/batch", items, files).header("Idempotency-Key", key);
  }

  @Test
  void a_file_that_is_too_large_spoils_no_other() {
    Answer answer =
        door.send(
            door.files("/v1/audits/batch", "[{}, {}]", new byte[(20 << 20) + 1], new byte[] {1}));
    assertThat(answer.status()).as(answer.http().body()).isEqualTo(202);
    assertThat(answer.data().path("items").valueStream().map(item -> item.path("code").asString()))
        .containsExactly("PAYLOAD_TOO_LARGE", "ACCEPTED");
  }

  @Test
  void file_parts_go_with_the_fields_beside_them() {
    Answer answer =
        door.send(
            door.files(
                "/v1/audits/batch",
                "[{\"reference\": \"a\"}, {\"reference\": \"not good\"}]",
                new byte[] {1},
                new byte[] {2}));
    assertThat(answer.status()).isEqualTo(202);
    JsonNode items = answer.data().path("items");
    assertThat(items.valueStream().map(item -> item.path("code").asString()))
        .containsExactly("ACCEPTED", "VALIDATION_ERROR");
    String id = items.path(0).path("data").path("audit_id").asString();
    assertThat(door.get("/v1/audits/" + id).data().path("reference").asString()).isEqualTo("a");
    Answer uneven = door.send(door.files("/v1/audits/batch", "[{}]", new byte[1], new byte[1]));
    assertThat(uneven.status()).isEqualTo(400);
  }

  private Answer batch(String items) {
    return door.send(request(items));
  }

  private HttpRequest.Builder request(String items) {
    return door.json("/v1/audits/batch", "{\"items\": [" + items + "]}");
  }
}
