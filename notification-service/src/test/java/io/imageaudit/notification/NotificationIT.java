package io.imageaudit.notification;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.standardwebhooks.Webhook;
import io.imageaudit.model.TenantId;
import io.imageaudit.model.TraceParent;
import io.imageaudit.model.event.AuditConcluded;
import io.imageaudit.model.event.AuditNotified;
import io.micrometer.core.instrument.MeterRegistry;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

class NotificationIT extends WholeService {

  @Autowired MeterRegistry meters;

  @Test
  void an_ended_audit_is_told_once_signed_and_announced() throws Exception {
    try (Receiver receiver = new Receiver(_ -> Receiver.Answer.of(200))) {
      AuditConcluded concluded = failed(ACME, receiver.url("/hook?n=1"));
      conclude(concluded);
      conclude(concluded);
      AuditNotified notified = awaitNotified(concluded.auditId());

      assertThat(notified.outcome()).isEqualTo(AuditNotified.Outcome.DELIVERED);
      assertThat(notified.attempts()).isEqualTo(1);
      assertThat(notified.lastStatus()).isEqualTo(200);
      assertThat(notified.request()).isEqualTo(concluded.request());
      awaitQueueEmpty();
      assertThat(receiver.requests("/hook?n=1")).hasSize(1);
      Receiver.Request request = receiver.requests("/hook?n=1").getFirst();
      String body = new String(request.body(), StandardCharsets.UTF_8);
      new Webhook(SECRET).verify(body, request.headers());
      new com.svix.Webhook(SECRET).verify(body, request.headers().map());
      assertThat(body)
          .startsWith("{\"type\":\"image.audit.failed\",\"timestamp\":\"")
          .contains("\"audit_id\":\"" + concluded.auditId() + "\"", "\"code\":\"NOT_AN_IMAGE\"");
      assertThat(TraceParent.parse(request.header("traceparent")).orElseThrow().traceId())
          .isEqualTo(concluded.request().traceId());
    }
  }

  @Test
  void a_receiver_that_fails_and_then_succeeds_sees_one_id() throws Exception {
    AtomicInteger calls = new AtomicInteger();
    try (Receiver receiver =
        new Receiver(_ -> Receiver.Answer.of(calls.incrementAndGet() < 3 ? 500 : 200))) {
      AuditConcluded concluded = failed(ACME, receiver.url("/flaky"));
      conclude(concluded);
      AuditNotified notified = awaitNotified(concluded.auditId());

      assertThat(notified.outcome()).isEqualTo(AuditNotified.Outcome.DELIVERED);
      assertThat(notified.attempts()).isEqualTo(3);
      assertThat(receiver.requests("/flaky"))
          .extracting(one -> one.header("webhook-id"))
          .hasSize(3)
          .containsOnly(receiver.requests("/flaky").getFirst().header("webhook-id"));
      assertThat(
              jdbc.sql("select status from attempt where delivery_id = ? order by number")
                  .param(notified.deliveryId())
                  .query(Integer.class)
                  .list())
          .containsExactly(500, 500, 200);
    }
  }

  @Test
  void a_receiver_that_never_succeeds_is_given_up_and_that_is_announced() {
    try (Receiver receiver = new Receiver(_ -> Receiver.Answer.of(503))) {
      AuditConcluded concluded = failed(ACME, receiver.url("/down"));
      conclude(concluded);
      AuditNotified notified = awaitNotified(concluded.auditId());

      assertThat(notified.outcome()).isEqualTo(AuditNotified.Outcome.GIVEN_UP);
      assertThat(notified.attempts()).isEqualTo(3);
      assertThat(notified.lastStatus()).isEqualTo(503);
    }
  }

  @Test
  void a_fault_of_ours_that_repeats_ends_when_the_schedule_does() {
    jdbc.sql(
            """
            insert into signing_secret (id, tenant, sealed, created_at)
            values (gen_random_uuid(), 'corrupt', 'not sealed by us', now())
            """)
        .update();
    try (Receiver receiver = new Receiver(_ -> Receiver.Answer.of(200))) {
      AuditConcluded concluded = failed(new TenantId("corrupt"), receiver.url("/never"));
      conclude(concluded);
      AuditNotified notified = awaitNotified(concluded.auditId());

      assertThat(notified.outcome()).isEqualTo(AuditNotified.Outcome.GIVEN_UP);
      assertThat(notified.attempts()).isEqualTo(3);
      assertThat(receiver.requests("/never")).isEmpty();
      assertThat(
              jdbc.sql("select fault from attempt where delivery_id = ?")
                  .param(notified.deliveryId())
                  .query(String.class)
                  .list())
          .containsExactly("INTERNAL", "INTERNAL", "INTERNAL");
    }
  }

  @Test
  void an_address_that_must_not_be_called_is_given_up_at_once() {
    AuditConcluded concluded = failed(ACME, URI.create("http://169.254.169.254/latest/meta-data"));
    conclude(concluded);
    AuditNotified notified = awaitNotified(concluded.auditId());

    assertThat(notified.outcome()).isEqualTo(AuditNotified.Outcome.GIVEN_UP);
    assertThat(notified.attempts()).isEqualTo(1);
    assertThat(notified.lastStatus()).isNull();
  }

  @Test
  void a_tenant_without_a_secret_is_given_one() throws Exception {
    try (Receiver receiver = new Receiver(_ -> Receiver.Answer.of(200))) {
      conclude(failed(new TenantId("newcomer"), receiver.url("/new")));
      await().until(() -> !receiver.requests("/new").isEmpty());
      assertThat(receiver.requests("/new").getFirst().header("webhook-signature"))
          .startsWith("v1,");
    }
  }

  @Test
  void a_new_secret_signs_beside_the_old_one() throws Exception {
    try (Receiver receiver = new Receiver(_ -> Receiver.Answer.of(200))) {
      TenantId tenant = new TenantId("rotating");
      String first = newSecret(tenant);
      String second = newSecret(tenant);
      conclude(failed(tenant, receiver.url("/rotated")));
      await().until(() -> !receiver.requests("/rotated").isEmpty());
      Receiver.Request request = receiver.requests("/rotated").getFirst();
      String body = new String(request.body(), StandardCharsets.UTF_8);
      new Webhook(first).verify(body, request.headers());
      new Webhook(second).verify(body, request.headers());
      new com.svix.Webhook(first).verify(body, request.headers().map());
      new com.svix.Webhook(second).verify(body, request.headers().map());
      assertThat(request.header("webhook-signature").split(" ")).hasSize(2);
    }
  }

  @Test
  void the_internal_api_wants_the_token() {
    client()
        .post()
        .uri("/internal/v1/tenants/acme/webhook-secrets")
        .header("Authorization", "Bearer wrong")
        .exchange()
        .expectStatus()
        .isUnauthorized()
        .expectBody()
        .jsonPath("$.code")
        .isEqualTo("UNAUTHENTICATED");
  }

  @Test
  void what_is_delivered_is_counted_and_measured() {
    try (Receiver receiver = new Receiver(_ -> Receiver.Answer.of(200))) {
      double before = attempts("delivered");
      AuditConcluded concluded = failed(ACME, receiver.url("/counted"));
      conclude(concluded);
      awaitNotified(concluded.auditId());
      await().until(() -> attempts("delivered") >= before + 1);
      assertThat(
              client()
                  .get()
                  .uri("/actuator/prometheus")
                  .exchange()
                  .expectBody(String.class)
                  .returnResult()
                  .getResponseBody())
          .contains(
              "image_audit_delivery_attempts_total{",
              "outcome=\"given_up\"",
              "image_audit_delivery_due{",
              "image_audit_delivery_due_lag_seconds{",
              "image_audit_delivered_seconds_bucket{");
    }
  }

  private double attempts(String outcome) {
    return meters.get("image_audit.delivery.attempts").tag("outcome", outcome).counter().count();
  }

  @Test
  void secrets_are_stored_encrypted() {
    newSecret(new TenantId("sealed"));
    byte[] sealed =
        jdbc.sql("select sealed from signing_secret where tenant = 'sealed'")
            .query(byte[].class)
            .single();
    assertThat(new String(sealed, StandardCharsets.ISO_8859_1)).doesNotContain("whsec_");
  }
}
