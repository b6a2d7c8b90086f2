package io.imageaudit.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import io.imageaudit.model.event.AuditSubmitted;
import io.imageaudit.model.kafka.EventTopic;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** Many images in one call. */
@GatewayTest
class BatchIT {

  private static final String GOOD = "{\"image_url\": \"https://shop.example/batch.jpg\"}";

  private final Door door;

  BatchIT(Door door) {
    this.door = door;
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

  private java.net.http.HttpRequest.Builder request(String items) {
    return door.json("/v1/audits/batch", "{\"items\": [" + items + "]}");
  }
}
