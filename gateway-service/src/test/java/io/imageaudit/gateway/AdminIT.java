package io.imageaudit.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.boot.ApplicationRunner;
import org.springframework.boot.DefaultApplicationArguments;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Tenants, their keys, and the walls between them. */
@GatewayTest
class AdminIT {

  private final Door door;
  private final JdbcClient database;
  private final ApplicationRunner bootstrap;
  private final String tenant = "t-" + UUID.randomUUID().toString().substring(0, 13);

  AdminIT(Door door, JdbcClient database, @Qualifier("bootstrap") ApplicationRunner bootstrap) {
    this.door = door;
    this.database = database;
    this.bootstrap = bootstrap;
  }

  @Test
  void a_tenant_and_its_key_are_made_used_and_ended() {
    String key = newTenant();
    assertThat(door.send(door.request("/v1/audits", key)).status()).isEqualTo(200);
    Answer keys = admin("GET", "/v1/admin/tenants/" + tenant + "/api-keys", "");
    assertThat(keys.http().body()).doesNotContain(key, key.substring(key.lastIndexOf('_') + 1));
    String keyId = keys.data().path(0).path("key_id").asString();
    Answer revoked = admin("DELETE", "/v1/admin/tenants/" + tenant + "/api-keys/" + keyId, "");
    assertThat(revoked.data().path("live").asBoolean()).isFalse();
    await()
        .atMost(Duration.ofSeconds(6))
        .until(() -> door.send(door.request("/v1/audits", key)).status() == 401);
  }

  @Test
  void a_disabled_tenant_is_not_let_in() {
    String key = newTenant();
    assertThat(admin("DELETE", "/v1/admin/tenants/" + tenant, "").status()).isEqualTo(200);
    await()
        .atMost(Duration.ofSeconds(6))
        .until(() -> door.send(door.request("/v1/audits", key)).status() == 401);
    assertThat(admin("GET", "/v1/admin/tenants/" + tenant, "").data().path("active").asBoolean())
        .isFalse();
  }

  @Test
  void another_tenants_audit_looks_like_none() {
    String stranger = newTenant();
    String key = UUID.randomUUID().toString();
    HttpRequest.Builder submission =
        door.json("/v1/audits", "{\"image_url\": \"https://shop.example/mine.jpg\"}")
            .header("Idempotency-Key", key);
    Answer mine = door.send(submission);
    for (String call : List.of("GET ", "GET /record", "GET ?wait=1", "DELETE /image")) {
      Answer foreign = about(mine.auditId(), call, stranger);
      Answer nobodys = about(UUID.randomUUID().toString(), call, stranger);
      assertThat(foreign.status()).as(call).isEqualTo(404);
      assertThat(foreign.http().body()).isEqualTo(nobodys.http().body());
      assertThat(names(foreign)).isEqualTo(names(nobodys));
    }
    Answer search = door.send(door.request("/v1/audits", stranger));
    assertThat(search.data().path("items").isEmpty()).isTrue();
    Answer sameKey =
        door.send(
            door.request("/v1/audits", stranger)
                .header("Content-Type", "application/json")
                .header("Idempotency-Key", key)
                .POST(BodyPublishers.ofString("{\"image_url\": \"https://other.example/\"}")));
    assertThat(sameKey.status()).isEqualTo(202);
    assertThat(sameKey.auditId()).isNotEqualTo(mine.auditId());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "/v1/admin/tenants | {} | 400 | VALIDATION_ERROR",
        "/v1/admin/tenants | {\"tenant\": \"A B\"} | 400 | VALIDATION_ERROR",
        "/v1/admin/tenants | {\"tenant\": [\"abc\"], \"x\": {\"y\": 1}} | 400 | VALIDATION_ERROR",
        "/v1/admin/tenants | nonsense | 400 | MALFORMED_JSON",
        "/v1/admin/tenants | {\"tenant\": \"acme\"} | 409 | CONFLICT",
        "/v1/admin/tenants/acme/api-keys | {\"scopes\": []} | 400 | VALIDATION_ERROR",
        "/v1/admin/tenants/acme/api-keys | {\"scopes\": [\"root\"]} | 400 | VALIDATION_ERROR",
        "/v1/admin/tenants/acme/api-keys | {\"scopes\": \"admin\"} | 400 | VALIDATION_ERROR",
        "/v1/admin/tenants/acme/api-keys"
            + " | {\"scopes\": [\"admin\"], \"expires_at\": \"2020-01-01T00:00:00Z\"}"
            + " | 400 | VALIDATION_ERROR",
        "/v1/admin/tenants/acme/api-keys"
            + " | {\"scopes\": [\"admin\"], \"expires_at\": \"+300000-01-01T00:00:00Z\"}"
            + " | 400 | VALIDATION_ERROR",
        "/v1/admin/tenants/no-such/api-keys | {\"scopes\": [\"admin\"]} | 404 | NOT_FOUND",
      })
  void faulty_requests_are_refused(String path, String body, int status, String code) {
    Answer answer = admin("POST", path, body);
    assertThat(answer.status()).isEqualTo(status);
    assertThat(answer.code()).isEqualTo(code);
  }

  @Test
  void of_those_who_make_one_tenant_at_the_same_time_one_succeeds() throws Exception {
    String body = "{\"tenant\": \"%s\"}".formatted(tenant);
    List<Integer> answers = atOnce(() -> admin("POST", "/v1/admin/tenants", body).status());
    assertThat(answers).containsOnly(201, 409).containsOnlyOnce(201);
  }

  @Test
  void instances_that_start_for_the_first_time_together_all_start() throws Exception {
    for (int round = 0; round < 5; round++) {
      database.sql("delete from api_key where scopes = 'admin' or tenant = 'acme'").update();
      atOnce(() -> {
        bootstrap.run(new DefaultApplicationArguments());
        return 0;
      });
    }
    assertThat(database.sql("select count(*) from api_key").query(Integer.class).single())
        .isGreaterThanOrEqualTo(2);
  }

  private static List<Integer> atOnce(Callable<Integer> call) throws Exception {
    try (ExecutorService crowd = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Integer> answers = new ArrayList<>();
      for (Future<Integer> answer : crowd.invokeAll(Collections.nCopies(8, call))) {
        answers.add(answer.get());
      }
      return answers;
    }
  }

  @Test
  void a_new_webhook_secret_is_shown_once() {
    Answer answer = admin("POST", "/v1/admin/tenants/acme/webhook-secrets", "{}");
    assertThat(answer.status()).isEqualTo(201);
    assertThat(answer.data().path("secret").asString()).isEqualTo("whsec_test");
  }

  @Test
  void deliveries_are_shown_and_sent_again() {
    String audit = UUID.randomUUID().toString();
    String path = "/v1/audits/" + audit + "/deliveries";
    assertThat(door.get(path).data().path(0).path("delivery_id").asString())
        .isEqualTo(FakeIntake.DELIVERY);
    Answer sent =
        door.send(
            door.request(path + "/" + FakeIntake.DELIVERY + "/resend")
                .POST(BodyPublishers.noBody()));
    assertThat(sent.status()).isEqualTo(202);
    Answer unknown =
        door.send(
            door.request(path + "/" + UUID.randomUUID() + "/resend").POST(BodyPublishers.noBody()));
    assertThat(unknown.status()).isEqualTo(404);
  }

  private Answer about(String audit, String call, String key) {
    int space = call.indexOf(' ');
    return door.send(
        door.request("/v1/audits/" + audit + call.substring(space + 1), key)
            .method(call.substring(0, space), BodyPublishers.noBody()));
  }

  private static Set<String> names(Answer answer) {
    return answer.http().headers().map().keySet();
  }

  private String newTenant() {
    Answer made =
        admin(
            "POST", "/v1/admin/tenants", "{\"tenant\": \"%s\", \"name\": \"店\"}".formatted(tenant));
    assertThat(made.status()).as(made.http().body()).isEqualTo(201);
    Answer key =
        admin(
            "POST",
            "/v1/admin/tenants/" + tenant + "/api-keys",
            "{\"scopes\": [\"audits:read\", \"audits:write\"]}");
    assertThat(key.status()).isEqualTo(201);
    return key.data().path("api_key").asString();
  }

  private Answer admin(String method, String path, String body) {
    return door.send(
        door.request(path, Keys.ADMIN_KEY)
            .header("Content-Type", "application/json")
            .method(method, BodyPublishers.ofString(body)));
  }
}
