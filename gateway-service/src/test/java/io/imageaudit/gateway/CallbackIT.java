package io.imageaudit.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.imageaudit.model.TraceParent;
import io.imageaudit.model.event.AuditSubmitted;
import io.imageaudit.model.kafka.EventPublisher;
import io.imageaudit.model.kafka.EventTopic;
import java.net.http.HttpRequest.BodyPublishers;
import java.time.Duration;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Calls about callbacks and images, which other services answer. */
@GatewayTest
class CallbackIT {

  private static final String ID = "0199a5d2-7c1e-7b3a-9f00-1c2d3e4f5a6c";
  private static final String BASE = "/internal/v1/tenants/" + Keys.TENANT;
  private static final String DONE = "{\"data\": {\"done\": true}}";

  private final Door door;
  private final FakeIntake other;
  private final EventPublisher events;

  CallbackIT(Door door, FakeIntake other, EventPublisher events) {
    this.door = door;
    this.other = other;
    this.events = events;
  }

  @AfterEach
  void forget() {
    other.forgetScript();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      nullValues = "-",
      value = {
        "GET | /deliveries?status=EXHAUSTED&cursor=a%20b | - | 200",
        "GET | /deliveries?http_status=503&fault=TIMEOUT | - | 200",
        "GET | /deliveries/ID | - | 200",
        "POST | /deliveries/ID/resend | - | 202",
        "POST | /replays | {\"from\":\"a\",\"to\":\"b\",\"dry_run\":true} | 202",
        "GET | /replays/ID | - | 200",
        "POST | /replays/ID/cancel | - | 200",
        "GET | /events?after=7-1&limit=5 | - | 200",
        "POST | /endpoints | {\"url\":\"https://shop.example/\",\"ed25519\":true} | 201",
        "GET | /endpoints | - | 200",
        "GET | /endpoints/ID | - | 200",
        "DELETE | /endpoints/ID | - | 200",
        "POST | /endpoints/ID/enable | - | 200",
        "POST | /endpoints/ID/disable | - | 200",
        "POST | /endpoints/ID/test | - | 200",
        "POST | /endpoints/ID/verify | - | 200",
        "PUT | /endpoints/ID/rate | {\"per_second\":2.5} | 200",
        "POST | /webhook-secrets | {\"kind\":\"HMAC\",\"grace_seconds\":0} | 201",
        "GET | /webhook-secrets | - | 200",
        "DELETE | /webhook-secrets/ID | - | 200",
        "GET | /webhook-keys | - | 200",
        "GET | /delivery-rules | - | 200",
        "PUT | /delivery-rules | {\"retry_seconds\":[0,60],\"verify_endpoints\":true} | 200",
      })
  void a_call_is_passed_on_for_the_callers_own_tenant(
      String method, String path, String body, int status) {
    other.script(200, DONE);
    Answer answer = call(method, "/v1" + path.replace("ID", ID), body == null ? "" : body);
    assertThat(answer.status()).as(answer.http().body()).isEqualTo(status);
    assertThat(answer.code()).isEqualTo(status == 201 ? "CREATED" : "OK");
    assertThat(answer.data().path("done").asBoolean()).isTrue();
    FakeIntake.Heard heard = other.heard().getFirst();
    assertThat(heard.method()).isEqualTo(method);
    assertThat(heard.address()).isEqualTo(BASE + path.replace("ID", ID).replace("%20", "+"));
    assertThat(heard.body()).isEqualTo(body == null ? "" : body);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      nullValues = "-",
      value = {
        "GET | /deliveries/../../tenants | - | 400",
        "GET | /deliveries/1 | - | 404",
        "GET | /deliveries/1-1-1-1-1 | - | 404",
        "GET | /deliveries?tenant=other | - | 400",
        "GET | /events?after=1&after=2 | - | 400",
        "POST | /endpoints | {\"url\":\"https://a.example/\",\"tenant\":\"other\"} | 400",
        "POST | /endpoints | {\"url\":1,\"url\":2} | 400",
        "POST | /endpoints | [] | 400",
        "POST | /replays | {} garbage | 400",
        "DELETE | /webhook-secrets/1 | - | 404",
        "PUT | /delivery-rules | {\"retries\":3} | 400",
        "POST | /audits/0199a5d2-7c1e-7b3a-9f00-1c2d3e4f5a6c/deliveries/1/resend | - | 404",
        "POST | /audits/1/deliveries/0199a5d2-7c1e-7b3a-9f00-1c2d3e4f5a6c/resend | - | 404",
      })
  void what_is_not_known_goes_no_further(String method, String path, String body, int status) {
    other.script(200, DONE);
    Answer answer = call(method, "/v1" + path, body == null ? "" : body);
    assertThat(answer.status()).isEqualTo(status);
    assertThat(other.heard()).isEmpty();
  }

  @Test
  void reasons_that_the_caller_can_act_on_are_passed_back() {
    other.script(400, "{\"errors\": [\"to: must be later {0} than from\", \"strange\"]}");
    Answer invalid = call("POST", "/v1/replays", "{}");
    assertThat(invalid.status()).isEqualTo(400);
    assertThat(invalid.errors())
        .containsExactly("to: must be later {0} than from", "body: strange");
    other.script(409, "{\"code\": \"SUPERSEDED\", \"message\": \"A newer one arrived.\"}");
    Answer conflict = call("POST", "/v1/deliveries/" + ID + "/resend", "");
    assertThat(conflict.code()).isEqualTo("CONFLICT");
    assertThat(conflict.errors()).containsExactly("SUPERSEDED: A newer one arrived.");
    other.script(404, "{}");
    assertThat(call("GET", "/v1/endpoints/" + ID, "").status()).isEqualTo(404);
  }

  @Test
  void a_callback_of_an_audit_is_sent_again_however_many_there_are() {
    other.script(200, DONE);
    String audit = "0199a5d2-7c1e-7b3a-9f00-1c2d3e4f5a6b";
    Answer answer = call("POST", "/v1/audits/" + audit + "/deliveries/" + ID + "/resend", "");
    assertThat(answer.status()).isEqualTo(202);
    assertThat(other.heard())
        .containsExactly(
            new FakeIntake.Heard(
                "POST", BASE + "/deliveries/" + ID + "/resend?audit_id=" + audit, ""));
  }

  @Test
  void an_audit_without_callbacks_has_an_empty_list_and_an_unknown_one_is_not_found() {
    String empty = "{\"data\": {\"items\": []}}";
    String mine = door.submit("{\"image_url\": \"https://a.example/\"}").auditId();
    other.script(200, empty);
    Answer none = call("GET", "/v1/audits/" + mine + "/deliveries", "");
    assertThat(none.status()).isEqualTo(200);
    assertThat(none.data().isEmpty()).isTrue();
    other.script(200, empty);
    assertThat(call("GET", "/v1/audits/" + ID + "/deliveries", "").status()).isEqualTo(404);
  }

  @ParameterizedTest
  @CsvSource({"TIME_LIMIT, TIME_LIMIT: Ask for less.", "STORE_AWAY, -"})
  void the_caller_is_told_that_it_asks_for_too_much_and_of_nothing_else(String code, String told) {
    other.script(503, "{\"code\": \"%s\", \"message\": \"Ask for less.\"}".formatted(code));
    Answer answer = call("POST", "/v1/replays", "{}");
    assertThat(answer.status()).isEqualTo(503);
    assertThat(answer.code()).isEqualTo("UNAVAILABLE");
    assertThat(answer.header("Retry-After")).isEqualTo("2");
    assertThat(String.join("", answer.errors())).isEqualTo(told.equals("-") ? "" : told);
  }

  @ParameterizedTest
  @CsvSource({"500, {}", "401, {}", "200, nonsense", "200, {}"})
  void a_service_that_does_not_do_its_work_is_told_as_503(int status, String envelope) {
    other.script(status, envelope);
    Answer answer = call("GET", "/v1/events", "");
    assertThat(answer.status()).isEqualTo(503);
    assertThat(answer.code()).isEqualTo("UNAVAILABLE");
    assertThat(answer.header("Retry-After")).isEqualTo("2");
  }

  @Test
  void an_image_is_erased_by_its_audit_once_that_has_ended() {
    Answer mine = door.submit("{\"image_url\": \"https://shop.example/e.jpg\"}");
    String path = "/v1/audits/" + mine.auditId() + "/image";
    assertThat(call("DELETE", path, "").status()).isEqualTo(409);
    AuditSubmitted event = Topics.hear(EventTopic.SUBMITTED, mine.auditId(), 1).getFirst();
    events.publish(EventTopic.CONCLUDED, Events.concluded(event), TraceParent.start(new Random(1)));
    await()
        .atMost(Duration.ofSeconds(20))
        .until(() -> door.get("/v1/audits/" + mine.auditId()).data().path("verdict").isString());
    other.script(200, DONE);
    assertThat(call("DELETE", path, "").data().path("done").asBoolean()).isTrue();
    assertThat(other.heard())
        .containsExactly(
            new FakeIntake.Heard("DELETE", BASE + "/images/" + Events.JUDGED.hex(), ""));
    other.script(404, "{}");
    assertThat(call("DELETE", path, "").status()).isEqualTo(404);
    String nobodys = "/v1/audits/01900000-0000-7000-8000-000000000000/image";
    assertThat(call("DELETE", nobodys, "").status()).isEqualTo(404);
  }

  private Answer call(String method, String path, String body) {
    return door.send(
        door.request(path)
            .header("Content-Type", "application/json")
            .method(
                method, body.isEmpty() ? BodyPublishers.noBody() : BodyPublishers.ofString(body)));
  }
}
