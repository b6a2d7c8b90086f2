package io.imageaudit.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpRequest.BodyPublishers;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What the door refuses, and how it says so. */
@GatewayTest
class RefusalIT {

  private final Door door;
  private final FakeIntake intake;

  RefusalIT(Door door, FakeIntake intake) {
    this.door = door;
    this.intake = intake;
  }

  @AfterEach
  void restore() {
    intake.answerWith(201);
  }

  @Test
  void every_faulty_field_is_named() {
    Answer answer =
        door.submit(
            """
            {"image_url": "ftp://shop.example/a.jpg", "image_base64": "!!", "callback": 7,
             "timeout_sec": 3601, "reference": "no spaces", "strategy": "unknown",
             "image_role": "hero", "priority": "now", "verdict": "PASS"}
            """);
    assertThat(answer.status()).isEqualTo(400);
    assertThat(answer.code()).isEqualTo("VALIDATION_ERROR");
    assertThat(answer.body().path("success").asBoolean()).isFalse();
    assertThat(answer.errors().stream().map(error -> error.substring(0, error.indexOf(':'))))
        .containsExactlyInAnyOrder(
            "image",
            "image_url",
            "image_base64",
            "callback",
            "timeout_sec",
            "reference",
            "strategy",
            "image_role",
            "priority",
            "verdict");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{} | VALIDATION_ERROR",
        "{\"image_url\": null} | VALIDATION_ERROR",
        "{\"image_url\": \"https://a.example/\\u0000x\"} | VALIDATION_ERROR",
        "{\"image_url\": \"https://a.example/\", \"callback\": \"https://10.0.0.1/\"} |"
            + " VALIDATION_ERROR",
        "{\"image_url\": \"https://user@a.example/\"} | VALIDATION_ERROR",
        "{\"image_url\": \"https://a.example/\\ud800\"} | VALIDATION_ERROR",
        "{\"image_url\": [\"https://a.example/\"]} | VALIDATION_ERROR",
        "{\"image_base64\": \"\"} | VALIDATION_ERROR",
        "{\"image_base64\": \"aGVsbG8\\n\"} | VALIDATION_ERROR",
        "{\"image_url\": \"https://a.example/\", \"timeout_sec\": 0} | VALIDATION_ERROR",
        "{\"image_url\": \"https://a.example/\", \"timeout_sec\": 1.5} | VALIDATION_ERROR",
        "{\"image_url\": \"https://a.example/\", \"timeout_sec\": 1e400} | VALIDATION_ERROR",
        "{\"image_url\": \"https://a.example/\", \"timeout_sec\": 9999999999} | VALIDATION_ERROR",
        "{\"image_url\": \"https://a.example/\", \"__proto__\": {\"a\": 1}} | VALIDATION_ERROR",
        "{\"image_url\": \"https://a.example/\", \"image_url\": \"https://b.example/\"} |"
            + " MALFORMED_JSON",
        "{\"image_url\": \"https://a.example/\"} x | MALFORMED_JSON",
        "{\"image_url\": \"https://a.example/\" | MALFORMED_JSON",
        "[] | MALFORMED_JSON",
        "'' | MALFORMED_JSON",
        "null | MALFORMED_JSON",
      })
  void bad_bodies_are_answered_with_400(String body, String code) {
    Answer answer = door.submit(body);
    assertThat(answer.status()).isEqualTo(400);
    assertThat(answer.code()).isEqualTo(code);
    assertThat(answer.http().body()).doesNotContain("Exception", "tools.jackson");
  }

  @Test
  void deep_nesting_is_refused_without_harm() {
    Answer answer = door.submit("{\"x\": " + "[".repeat(100_000) + "]".repeat(100_000) + "}");
    assertThat(answer.status()).isEqualTo(400);
    assertThat(answer.code()).isEqualTo("MALFORMED_JSON");
  }

  @Test
  void too_much_is_answered_with_413() {
    Answer body = door.submit("{\"image_base64\": \"" + "A".repeat(20_000_001) + "\"}");
    assertThat(body.status()).isEqualTo(413);
    assertThat(body.code()).isEqualTo("PAYLOAD_TOO_LARGE");
    Answer decoded =
        door.submit("{\"image_base64\": \"" + "A".repeat(4 * (10 << 20) / 3 + 400) + "\"}");
    assertThat(decoded.status()).isEqualTo(413);
    Answer file = door.send(door.form("/v1/audits", "image", new byte[(20 << 20) + 1], Map.of()));
    assertThat(file.status()).isEqualTo(413);
    assertThat(file.code()).isEqualTo("PAYLOAD_TOO_LARGE");
  }

  @Test
  void forms_are_checked_like_json() {
    Answer answer =
        door.send(
            door.form(
                "/v1/audits?api_key=x",
                "picture",
                new byte[] {1},
                Map.of("timeout_sec", "soon", "strategy", "unknown")));
    assertThat(answer.status()).isEqualTo(400);
    assertThat(answer.errors().stream().map(error -> error.substring(0, error.indexOf(':'))))
        .containsExactlyInAnyOrder("picture", "timeout_sec", "strategy", "api_key", "image");
  }

  @ParameterizedTest
  @ValueSource(strings = {"/v1/audits", "/v1/audits/batch"})
  void nothing_is_read_from_the_address_of_a_form(String path) {
    Answer answer =
        door.send(door.form(path + "?strategy=default", "image", new byte[] {1}, Map.of()));
    assertThat(answer.status()).isEqualTo(400);
    assertThat(answer.errors()).singleElement().asString().startsWith("strategy: ");
  }

  @ParameterizedTest
  @CsvSource({
    "PUT, /v1/audits, application/json, application/json, 405, METHOD_NOT_ALLOWED",
    "TRACE, /v1/audits, application/json, application/json, 405, METHOD_NOT_ALLOWED",
    "POST, /v1/audits, text/plain, application/json, 415, UNSUPPORTED_MEDIA_TYPE",
    "POST, /v1/audits, nonsense, application/json, 415, UNSUPPORTED_MEDIA_TYPE",
    "POST, /v1/audits, application/json, image/png, 406, NOT_ACCEPTABLE",
    "GET, /v1/nothing, application/json, application/json, 404, NOT_FOUND",
    "GET, /v1/audits/1, application/json, application/json, 404, NOT_FOUND",
    "GET, /v1/admin/tenants, application/json, application/json, 403, FORBIDDEN",
    "GET, /actuator/health, application/json, application/json, 404, NOT_FOUND",
    "GET, /v1/..;/error, application/json, application/json, 400, VALIDATION_ERROR",
  })
  void the_framework_answers_in_the_envelope(
      String method, String path, String type, String accept, int status, String code) {
    Answer answer =
        door.send(
            door.request(path)
                .header("Content-Type", type)
                .header("Accept", accept)
                .method(method, BodyPublishers.ofString("{}")));
    assertThat(answer.status()).isEqualTo(status);
    assertThat(answer.code()).isEqualTo(code);
  }

  @Test
  void compressed_bodies_are_not_inflated() {
    Answer answer = door.send(door.json("/v1/audits", "{}").header("Content-Encoding", "gzip"));
    assertThat(answer.status()).isEqualTo(415);
  }

  @Test
  void messages_follow_the_language_and_codes_do_not() {
    Answer answer = door.send(door.json("/v1/audits", "{}").header("Accept-Language", "zh-CN"));
    assertThat(answer.code()).isEqualTo("VALIDATION_ERROR");
    assertThat(answer.body().path("message").asString()).isEqualTo("请求无效。");
    Answer other = door.send(door.json("/v1/audits", "{}").header("Accept-Language", "fr, x;q="));
    assertThat(other.body().path("message").asString()).isEqualTo("The request is not valid.");
  }

  @Test
  void an_upload_that_intake_cannot_take_is_not_accepted() {
    intake.answerWith(500);
    Answer answer = door.send(door.form("/v1/audits", "image", new byte[] {1}, Map.of()));
    assertThat(answer.status()).isEqualTo(503);
    assertThat(answer.code()).isEqualTo("UNAVAILABLE");
    assertThat(answer.header("Retry-After")).isEqualTo("2");
  }

  @Test
  void answers_carry_security_headers_and_no_banner() {
    Answer answer = door.get("/v1/audits/00000000-0000-0000-0000-000000000000");
    assertThat(answer.header("X-Content-Type-Options")).isEqualTo("nosniff");
    assertThat(answer.header("Content-Security-Policy")).contains("default-src 'none'");
    assertThat(answer.header("X-Frame-Options")).isEqualTo("DENY");
    assertThat(answer.header("Cache-Control")).contains("no-store");
    assertThat(answer.header("Server")).isEmpty();
    assertThat(answer.header("Access-Control-Allow-Origin")).isEmpty();
  }

  @Test
  void a_trace_is_continued_or_started() {
    String id = "0af7651916cd43dd8448eb211c80319c";
    Answer parent =
        door.send(
            door.request("/v1/audits/x")
                .header("traceparent", "00-" + id + "-b7ad6b7169203331-01"));
    assertThat(parent.header("X-Trace-ID")).isEqualTo(id);
    assertThat(parent.header("traceparent"))
        .startsWith("00-" + id)
        .doesNotContain("b7ad6b7169203331");
    Answer given = door.send(door.request("/v1/audits/x").header("X-Trace-ID", id));
    assertThat(given.header("X-Trace-ID")).isEqualTo(id);
    Answer forged = door.send(door.request("/v1/audits/x").header("X-Trace-ID", "x y"));
    assertThat(forged.header("X-Trace-ID")).matches("[0-9a-f]{32}");
  }
}
