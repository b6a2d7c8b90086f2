package io.imageaudit.notification;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.standardwebhooks.Webhook;
import io.imageaudit.model.TenantId;
import io.imageaudit.model.Verdict;
import io.imageaudit.model.event.AuditConcluded;
import io.imageaudit.model.event.AuditNotified;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.Instant;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

class ManagementIT extends ManagedService {

  @Test
  void a_subscribed_receiver_hears_what_it_wants_beside_the_named_callback() {
    TenantId tenant = new TenantId("subscriber");
    try (Receiver receiver = new Receiver(_ -> Receiver.Answer.of(200))) {
      subscribe(tenant, receiver.url("/blocked-only"), "\"verdicts\":[\"BLOCK\"]");
      subscribe(tenant, receiver.url("/all"), "\"verdicts\":[]");
      AuditConcluded pass = verdict(tenant, receiver.url("/named"), Verdict.PASS, 1);
      AuditConcluded block = verdict(tenant, null, Verdict.BLOCK, 1);
      conclude(pass);
      conclude(block);
      await().until(() -> receiver.requests("/all").size() == 2);
      await().until(() -> receiver.requests("/blocked-only").size() == 1);
      await().until(() -> receiver.requests("/named").size() == 1);
      assertThat(text(receiver.requests("/blocked-only").getFirst()))
          .contains(block.auditId().toString());
      assertThat(
              jdbc.sql(
                      """
                      select count(distinct e.id) || ' for ' || count(*)
                        from event e join delivery d on d.event_id = e.id where e.audit_id = ?
                      """)
                  .param(block.auditId().value())
                  .query(String.class)
                  .single())
          .isEqualTo("1 for 2");
    }
  }

  @Test
  void deliveries_are_listed_with_their_attempts_and_sent_again() {
    TenantId tenant = new TenantId("lister");
    AtomicInteger calls = new AtomicInteger();
    try (Receiver receiver =
        new Receiver(_ -> Receiver.Answer.of(calls.incrementAndGet() <= 3 ? 500 : 200))) {
      AuditConcluded concluded = failed(tenant, receiver.url("/r"));
      conclude(concluded);
      awaitNotified(concluded.auditId());

      JsonNode listed = get(tenant, "deliveries?audit_id=" + concluded.auditId()).path("items");
      assertThat(listed).hasSize(1);
      assertThat(listed.get(0).path("status").asString()).isEqualTo("EXHAUSTED");
      String id = listed.get(0).path("delivery_id").asString();
      assertThat(get(tenant, "deliveries/" + id).path("attempts")).hasSize(3);

      String resend = "deliveries/" + id + "/resend?audit_id=";
      post(tenant, resend + UUID.randomUUID(), "{}", 404);
      post(tenant, resend + concluded.auditId(), "{}", 202);
      await().until(() -> heard.of(concluded.auditId()).size() == 2);
      assertThat(heard.of(concluded.auditId()).getLast().outcome())
          .isEqualTo(AuditNotified.Outcome.DELIVERED);
      assertThat(receiver.requests("/r"))
          .extracting(one -> one.header("webhook-id"))
          .hasSize(4)
          .containsOnly(listed.get(0).path("message_id").asString());
      JsonNode detail = get(tenant, "deliveries/" + id);
      assertThat(detail.path("attempts")).hasSize(4);
      assertThat(detail.path("delivery").path("attempts").asInt()).isEqualTo(4);
    }
  }

  @Test
  void deliveries_are_filtered_by_what_became_of_them() {
    TenantId tenant = new TenantId("sifter");
    try (Receiver receiver =
        new Receiver(request -> Receiver.Answer.of(request.path().equals("/bad") ? 503 : 200))) {
      AuditConcluded bad = failed(tenant, receiver.url("/bad"));
      AuditConcluded good = failed(tenant, receiver.url("/good"));
      conclude(bad);
      conclude(good);
      awaitNotified(bad.auditId());
      awaitNotified(good.auditId());
      assertThat(get(tenant, "deliveries?status=DELIVERED").path("items")).hasSize(1);
      assertThat(get(tenant, "deliveries?status=EXHAUSTED&http_status=503").path("items"))
          .hasSize(1);
      assertThat(get(tenant, "deliveries?http_status=404").path("items")).isEmpty();
      assertThat(get(tenant, "deliveries?fault=TIMEOUT").path("items")).isEmpty();
      assertThat(get(tenant, "deliveries?to=2026-01-01T00:00:00Z").path("items")).isEmpty();
      assertThat(call(tenant, "deliveries?status=LOST", 400).path("errors").toString())
          .contains("status:");
    }
  }

  @Test
  void secrets_are_listed_without_their_texts_and_ended_before_their_time() {
    TenantId tenant = new TenantId("keeper");
    String first = newSecret(tenant);
    String second = newSecret(tenant);
    JsonNode listed = get(tenant, "webhook-secrets").path("items");
    assertThat(listed).hasSize(2);
    assertThat(listed.toString()).doesNotContain(first.substring(6), second.substring(6));
    String current = listed.get(0).path("secret_id").asString();
    String replaced = listed.get(1).path("secret_id").asString();
    assertThat(listed.get(0).path("expires_at").isNull()).isTrue();
    assertThat(listed.get(1).path("expires_at").isNull()).isFalse();

    assertThat(delete(tenant, "webhook-secrets/" + current, 409).path("code").asString())
        .isEqualTo("SECRET_CURRENT");
    delete(new TenantId("stranger"), "webhook-secrets/" + replaced, 404);
    assertThat(delete(tenant, "webhook-secrets/" + replaced, 200).path("data").path("items"))
        .hasSize(1);
  }

  @Test
  void a_replaced_secret_stops_at_once_when_that_is_wanted() {
    TenantId tenant = new TenantId("hurried");
    newSecret(tenant);
    post(tenant, "webhook-secrets", "{\"grace_seconds\":0}", 201);
    assertThat(get(tenant, "webhook-secrets").path("items")).hasSize(1);
    assertThat(
            post(tenant, "webhook-secrets", "{\"grace_seconds\":604801}", 400)
                .path("errors")
                .toString())
        .contains("grace_seconds:");
  }

  @Test
  void public_keys_are_handed_out_as_a_key_set() {
    TenantId tenant = new TenantId("curved");
    JsonNode made = post(tenant, "webhook-secrets", "{\"kind\":\"ED25519\"}", 201).path("data");
    JsonNode keys = get(tenant, "webhook-keys").path("keys");
    assertThat(keys).hasSize(1);
    assertThat(keys.get(0).path("kid")).isEqualTo(made.path("secret_id"));
    assertThat(keys.get(0).path("kty").asString()).isEqualTo("OKP");
    byte[] raw = Base64.getUrlDecoder().decode(keys.get(0).path("x").asString());
    assertThat(made.path("public_key").asString())
        .isEqualTo("whpk_" + Base64.getEncoder().encodeToString(raw));
  }

  @Test
  void the_list_has_pages_and_knows_only_its_tenants_deliveries() {
    TenantId tenant = new TenantId("pager");
    try (Receiver receiver = new Receiver(_ -> Receiver.Answer.of(200))) {
      List<AuditConcluded> all =
          List.of(
              failed(tenant, receiver.url("/1")),
              failed(tenant, receiver.url("/2")),
              failed(tenant, receiver.url("/3")));
      all.forEach(this::conclude);
      all.forEach(one -> awaitNotified(one.auditId()));
      JsonNode first = get(tenant, "deliveries?limit=2");
      assertThat(first.path("items")).hasSize(2);
      JsonNode second =
          get(tenant, "deliveries?limit=2&cursor=" + first.path("next_cursor").asString());
      assertThat(second.path("items")).hasSize(1);
      assertThat(second.path("next_cursor").isNull()).isTrue();
      String id = second.path("items").get(0).path("delivery_id").asString();
      call(new TenantId("stranger"), "deliveries/" + id, 404);
    }
  }

  @Test
  void an_older_verdict_cannot_be_sent_again_after_a_newer_one() {
    TenantId tenant = new TenantId("orderly");
    try (Receiver receiver = new Receiver(_ -> Receiver.Answer.of(200))) {
      AuditConcluded first = verdict(tenant, receiver.url("/o"), Verdict.PASS, 1);
      conclude(first);
      awaitNotified(first.auditId());
      conclude(next(first, Verdict.BLOCK));
      await().until(() -> receiver.requests("/o").size() == 2);
      awaitQueueEmpty();
      assertThat(text(receiver.requests("/o").getLast()))
          .contains("\"verdict_seq\":2", "\"supersedes\":1");
      UUID older = heard.of(first.auditId()).getFirst().deliveryId();
      JsonNode refused = post(tenant, "deliveries/" + older + "/resend", "{}", 409);
      assertThat(refused.path("code").asString()).isEqualTo("SUPERSEDED");
    }
  }

  @Test
  void what_was_missed_is_counted_and_replayed() {
    TenantId tenant = new TenantId("misser");
    AtomicInteger calls = new AtomicInteger();
    try (Receiver receiver =
        new Receiver(_ -> Receiver.Answer.of(calls.incrementAndGet() <= 6 ? 500 : 200))) {
      AuditConcluded one = failed(tenant, receiver.url("/m"));
      AuditConcluded two = failed(tenant, receiver.url("/m"));
      conclude(one);
      conclude(two);
      awaitNotified(one.auditId());
      awaitNotified(two.auditId());

      String range =
          "\"from\":\"%s\",\"to\":\"%s\""
              .formatted(Instant.now().minusSeconds(3600), Instant.now().plusSeconds(60));
      JsonNode dry = post(tenant, "replays", "{" + range + ",\"dry_run\":true}", 202).path("data");
      assertThat(dry.path("total").asInt()).isEqualTo(2);
      JsonNode started = post(tenant, "replays", "{" + range + "}", 202).path("data");
      await()
          .until(() ->
              get(tenant, "replays/" + started.path("replay_id").asString())
                  .path("state")
                  .asString()
                  .equals("DONE"));
      await().until(() -> heard.of(one.auditId()).size() == 2);
      await().until(() -> heard.of(two.auditId()).size() == 2);
      assertThat(heard.of(two.auditId()).getLast().outcome())
          .isEqualTo(AuditNotified.Outcome.DELIVERED);
    }
  }

  @Test
  void a_receiver_fetches_all_events_that_it_missed() {
    TenantId tenant = new TenantId("fetcher");
    AuditConcluded one = verdict(tenant, null, Verdict.PASS, 1);
    AuditConcluded two = verdict(tenant, null, Verdict.BLOCK, 1);
    conclude(one);
    conclude(two);
    await().until(() -> get(tenant, "events?limit=100").path("items").size() == 2);
    JsonNode first = get(tenant, "events?limit=1");
    JsonNode second = get(tenant, "events?limit=1&after=" + first.path("next_cursor").asString());
    JsonNode third = get(tenant, "events?after=" + second.path("next_cursor").asString());
    assertThat(List.of(auditOf(first), auditOf(second)))
        .containsExactlyInAnyOrder(one.auditId().toString(), two.auditId().toString());
    assertThat(third.path("items")).isEmpty();
    assertThat(third.path("next_cursor")).isEqualTo(second.path("next_cursor"));
  }

  @Test
  void a_receiver_that_says_gone_is_disabled_until_it_is_enabled() {
    TenantId tenant = new TenantId("leaver");
    AtomicInteger calls = new AtomicInteger();
    try (Receiver receiver =
        new Receiver(_ -> Receiver.Answer.of(calls.incrementAndGet() == 1 ? 410 : 200))) {
      AuditConcluded first = failed(tenant, receiver.url("/g"));
      conclude(first);
      awaitNotified(first.auditId());
      JsonNode endpoint = get(tenant, "endpoints").path("items").get(0);
      assertThat(endpoint.path("state").asString()).isEqualTo("DISABLED");
      assertThat(endpoint.path("disabled_reason").asString()).isEqualTo("GONE");

      AuditConcluded skipped = failed(tenant, receiver.url("/g"));
      conclude(skipped);
      AuditNotified notified = awaitNotified(skipped.auditId());
      assertThat(notified.outcome()).isEqualTo(AuditNotified.Outcome.GIVEN_UP);
      assertThat(notified.attempts()).isZero();
      assertThat(receiver.requests("/g")).hasSize(1);

      String id = endpoint.path("endpoint_id").asString();
      post(tenant, "endpoints/" + id + "/enable", "{}", 200);
      post(tenant, "deliveries/" + notified.deliveryId() + "/resend", "{}", 202);
      await().until(() -> receiver.requests("/g").size() == 2);
    }
  }

  @Test
  void a_test_message_and_a_challenge_are_signed_and_answered() throws Exception {
    TenantId tenant = new TenantId("prover");
    String secret = newSecret(tenant);
    try (Receiver receiver = new Receiver(_ -> Receiver.Answer.of(200))) {
      String id =
          subscribe(tenant, receiver.url("/p"), "\"verdicts\":[]").path("endpoint_id").asString();
      JsonNode test = post(tenant, "endpoints/" + id + "/test", "{}", 200).path("data");
      assertThat(test.path("success").asBoolean()).isTrue();
      Receiver.Request request = receiver.requests("/p").getFirst();
      new Webhook(secret).verify(text(request), request.headers());
      assertThat(text(request)).contains("\"type\":\"endpoint.test\"");
      JsonNode challenge = post(tenant, "endpoints/" + id + "/verify", "{}", 200).path("data");
      assertThat(challenge.path("success").asBoolean()).isFalse();
      assertThat(challenge.path("detail").asString()).contains("challenge");
    }
  }

  @Test
  void a_receiver_of_a_careful_tenant_hears_nothing_before_it_repeated_the_challenge() {
    TenantId tenant = new TenantId("careful");
    try (Receiver receiver = new Receiver(Receiver.Answer::repeating)) {
      JsonNode endpoint = subscribe(tenant, receiver.url("/c"), "\"verdicts\":[]");
      assertThat(endpoint.path("disabled_reason").asString()).isEqualTo("UNVERIFIED");
      String path = "endpoints/" + endpoint.path("endpoint_id").asString();
      JsonNode verified = post(tenant, path + "/verify", "{}", 200).path("data");
      assertThat(verified.path("success").asBoolean()).isTrue();
      assertThat(get(tenant, path).path("state").asString()).isEqualTo("ACTIVE");
    }
  }

  @Test
  void a_receiver_that_has_not_proved_itself_cannot_be_enabled() {
    TenantId tenant = new TenantId("careful");
    try (Receiver receiver = new Receiver(Receiver.Answer::repeating)) {
      String id =
          subscribe(tenant, receiver.url("/u"), "\"verdicts\":[]").path("endpoint_id").asString();
      JsonNode refused = post(tenant, "endpoints/" + id + "/enable", "{}", 409);
      assertThat(refused.path("code").asString()).isEqualTo("ENDPOINT_UNVERIFIED");
    }
  }

  @Test
  void a_tenant_has_a_schedule_of_its_own_from_one_moment_to_the_next() {
    TenantId tenant = new TenantId("hasty");
    try (Receiver receiver = new Receiver(_ -> Receiver.Answer.of(500))) {
      JsonNode set = put(tenant, "delivery-rules", "{\"retry_seconds\":[0]}", 200).path("data");
      assertThat(set.path("retry_seconds").toString()).isEqualTo("[0]");
      AuditConcluded once = failed(tenant, receiver.url("/h"));
      conclude(once);
      assertThat(awaitNotified(once.auditId()).attempts()).isEqualTo(1);

      put(tenant, "delivery-rules", "{}", 200);
      AuditConcluded asOthers = failed(tenant, receiver.url("/h"));
      conclude(asOthers);
      assertThat(awaitNotified(asOthers.auditId()).attempts()).isEqualTo(3);
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"[]", "[-1]", "[604801]", "[null]", "[0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0]"})
  void a_schedule_out_of_bounds_is_refused(String pauses) {
    JsonNode refused =
        put(new TenantId("wrong"), "delivery-rules", "{\"retry_seconds\":" + pauses + "}", 400);
    assertThat(refused.path("errors").toString()).contains("retry_seconds:");
  }

  @Test
  void all_that_was_missed_is_counted_without_a_range_and_a_replay_can_be_ended() {
    TenantId tenant = new TenantId("ender");
    try (Receiver receiver = new Receiver(_ -> Receiver.Answer.of(500))) {
      AuditConcluded missed = failed(tenant, receiver.url("/e"));
      conclude(missed);
      awaitNotified(missed.auditId());
      JsonNode dry = post(tenant, "replays", "{\"dry_run\":true}", 202).path("data");
      assertThat(dry.path("total").asInt()).isEqualTo(1);
      assertThat(post(tenant, "replays", "{\"missed\":false}", 400).path("errors").toString())
          .contains("from:", "to:");
      String id = post(tenant, "replays", "{}", 202).path("data").path("replay_id").asString();
      await().until(() -> get(tenant, "replays/" + id).path("state").asString().equals("DONE"));
      assertThat(post(tenant, "replays/" + id + "/cancel", "{}", 409).path("code").asString())
          .isEqualTo("REPLAY_ENDED");
    }
  }

  @Test
  void forbidden_receivers_and_unknown_fields_of_the_wish_are_named() {
    TenantId tenant = new TenantId("wrong");
    JsonNode refused =
        post(
            tenant,
            "endpoints",
            "{\"url\":\"http://10.0.0.1/x\",\"event_types\":[\"nothing\"]}",
            400);
    assertThat(refused.path("code").asString()).isEqualTo("VALIDATION_ERROR");
    assertThat(refused.path("errors").toString()).contains("url:", "event_types:");
  }

  @Test
  void the_checksum_form_is_verified_as_its_documentation_says() throws Exception {
    TenantId tenant = new TenantId("switcher");
    try (Receiver receiver = new Receiver(_ -> Receiver.Answer.of(200))) {
      JsonNode endpoint =
          subscribe(tenant, receiver.url("/f"), "\"form\":\"CHECKSUM\",\"checksum_uid\":\"uid-7\"");
      post(
          tenant,
          "webhook-secrets",
          "{\"kind\":\"SEED\",\"secret\":\"my seed\",\"endpoint_id\":"
              + endpoint.path("endpoint_id")
              + "}",
          201);
      conclude(verdict(tenant, null, Verdict.BLOCK, 1));
      await().until(() -> !receiver.requests("/f").isEmpty());
      String form = text(receiver.requests("/f").getFirst());
      assertThat(receiver.requests("/f").getFirst().header("content-type"))
          .startsWith("application/x-www-form-urlencoded");
      String checksum = form.substring("checksum=".length(), form.indexOf('&'));
      String content =
          URLDecoder.decode(form.substring(form.indexOf("content=") + 8), StandardCharsets.UTF_8);
      byte[] digest =
          MessageDigest.getInstance("SHA-256")
              .digest(("uid-7" + "my seed" + content).getBytes(StandardCharsets.UTF_8));
      assertThat(checksum).isEqualTo(HexFormat.of().formatHex(digest));
      assertThat(content).contains("\"code\":200", "\"taskId\"", "\"suggestion\":\"block\"");
    }
  }

  private static String auditOf(JsonNode page) {
    return page.path("items").get(0).path("event").path("data").path("audit_id").asString();
  }
}
