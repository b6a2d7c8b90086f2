package io.imageaudit.notification;

import static org.assertj.core.api.Assertions.assertThat;

import io.imageaudit.model.TenantId;
import java.net.URI;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

class EndpointRequestsIT extends ManagedService {

  private static final TenantId TENANT = new TenantId("asker");

  @ParameterizedTest
  @ValueSource(strings = {"0.001", "2.5", "10000", "null"})
  void a_rate_within_its_bounds_is_taken(String perSecond) {
    put(TENANT, rate(), "{\"per_second\":" + perSecond + "}", 200);
  }

  @ParameterizedTest
  @ValueSource(strings = {"0", "-1", "0.0009", "1e-40", "1e-300", "10000.1", "1e300"})
  void a_rate_that_would_stop_or_break_the_queue_is_refused(String perSecond) {
    JsonNode refused = put(TENANT, rate(), "{\"per_second\":" + perSecond + "}", 400);
    assertThat(refused.path("errors").get(0).asString())
        .isEqualTo("per_second: must be between 0.001 and 10000, or null for no limit");
  }

  private String rate() {
    JsonNode endpoint =
        subscribe(TENANT, URI.create("http://127.0.0.1:18080/rate"), "\"verdicts\":[]");
    return "endpoints/" + endpoint.path("endpoint_id").asString() + "/rate";
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "https://shop.example/路径",
        "https://shop.example/caf\u00e9",
        "https://shop.example/a b",
        "https://shop.example/a\\u0000b",
        "https://shop.example:x y/",
        ""
      })
  void an_address_that_is_not_plain_is_refused_in_the_words_of_a_callback(String url) {
    JsonNode refused = post(TENANT, "endpoints", "{\"url\":\"" + url + "\"}", 400);
    assertThat(refused.path("errors").get(0).asString())
        .isEqualTo(
            "url: must be an absolute http or https address of at most 2048 ASCII characters");
  }

  @Test
  void the_longest_address_is_taken_and_a_longer_one_refused() {
    String longest = "https://shop.example/" + "a".repeat(2048 - "https://shop.example/".length());
    post(TENANT, "endpoints", "{\"url\":\"" + longest + "\"}", 201);
    post(TENANT, "endpoints", "{\"url\":\"" + longest + "a\"}", 400);
  }

  @ParameterizedTest
  @ValueSource(strings = {"\\u0000", "a\\nb", "\\u007f"})
  void control_characters_are_refused_where_a_text_is_stored(String uid) {
    String body = "{\"url\":\"https://shop.example/c\",\"checksum_uid\":\"%s\"}".formatted(uid);
    assertThat(post(TENANT, "endpoints", body, 400).path("errors").get(0).asString())
        .isEqualTo("checksum_uid: must be at most 64 characters, none of them a control character");
  }

  @ParameterizedTest
  @ValueSource(strings = {"endpoints?after=%00", "deliveries?fault=%00"})
  void control_characters_are_refused_where_a_text_is_compared(String path) {
    String field = path.replaceAll(".*\\?|=.*", "");
    assertThat(refusal(path)).startsWith(field + ": must be at most ");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "deliveries?from=+1000000000-12-31T23:59:59Z",
        "deliveries?to=-1000000000-01-01T00:00:00Z",
        "deliveries?from=0000-12-31T23:59:59Z"
      })
  void times_that_nothing_can_have_are_refused(String path) {
    String field = path.replaceAll(".*\\?|=.*", "");
    assertThat(refusal(path.replace("+", "%2B")))
        .isEqualTo(field + ": must be a time of the years 1 to 9999");
  }

  @Test
  void a_replay_names_times_that_things_can_have() {
    String body =
        "{\"from\":\"-1000000000-01-01T00:00:00Z\",\"to\":\"+1000000000-12-31T23:59:59Z\"}";
    assertThat(post(TENANT, "replays", body, 400).path("errors").toString())
        .contains("from: must be a time of", "to: must be a time of");
  }

  @Test
  void a_cursor_of_a_time_that_nothing_can_have_is_none_that_was_handed_out() {
    String cursor = "%2B1000000000-12-31T23:59:59Z_00000000-0000-0000-0000-000000000000";
    assertThat(refusal("deliveries?cursor=" + cursor))
        .isEqualTo("cursor: is not one that was handed out");
  }

  private String refusal(String path) {
    return call(TENANT, path, 400).path("errors").get(0).asString();
  }
}
