package io.imageaudit.notification;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.standardwebhooks.Webhook;
import com.standardwebhooks.exceptions.WebhookVerificationException;
import io.imageaudit.model.TenantId;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.InitializingBean;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.beans.factory.annotation.Qualifier;
import tools.jackson.databind.JsonNode;

class SecretsIT extends ManagedService {

  @Autowired
  @Qualifier("importSecrets")
  InitializingBean start;

  @Test
  void the_tenants_secret_signs_on_beside_the_first_one_of_a_receiver() throws Exception {
    TenantId tenant = new TenantId("splitter");
    String tenants = newSecret(tenant);
    try (Receiver receiver = new Receiver(_ -> Receiver.Answer.of(200))) {
      String endpoint = subscribed(tenant, receiver, "\"verdicts\":[]");
      String own = ownSecret(tenant, endpoint, "");
      Receiver.Request request = tested(tenant, endpoint, receiver);
      new Webhook(own).verify(text(request), request.headers());
      new Webhook(tenants).verify(text(request), request.headers());

      assertThat(get(tenant, "webhook-secrets").path("items"))
          .as("the old one can be ended for this receiver alone")
          .filteredOn(one -> one.path("endpoint_id").asString("").equals(endpoint))
          .extracting(one -> one.path("expires_at").isNull())
          .containsExactly(true, false);
    }
  }

  @Test
  void it_stops_at_once_when_that_is_wanted() throws Exception {
    TenantId tenant = new TenantId("splitter-now");
    String tenants = newSecret(tenant);
    try (Receiver receiver = new Receiver(_ -> Receiver.Answer.of(200))) {
      String endpoint = subscribed(tenant, receiver, "\"verdicts\":[]");
      String own = ownSecret(tenant, endpoint, ",\"grace_seconds\":0");
      Receiver.Request request = tested(tenant, endpoint, receiver);
      new Webhook(own).verify(text(request), request.headers());
      assertThatThrownBy(() -> new Webhook(tenants).verify(text(request), request.headers()))
          .isInstanceOf(WebhookVerificationException.class);
    }
  }

  @Test
  void a_configured_secret_that_was_rotated_away_stays_away_after_a_start() throws Exception {
    TenantId tenant = new TenantId("starter");
    assertThat(get(tenant, "webhook-secrets").path("items")).hasSize(1);
    JsonNode rotated = post(tenant, "webhook-secrets", "{\"grace_seconds\":0}", 201).path("data");
    jdbc.sql("delete from signing_secret where tenant = ? and expires_at <= now()")
        .param(tenant.value())
        .update();
    start.afterPropertiesSet();
    assertThat(get(tenant, "webhook-secrets").path("items"))
        .extracting(one -> one.path("secret_id").asString())
        .containsExactly(rotated.path("secret_id").asString());
  }

  /** Another replica made the key, and this one has read the tenant's keys just before. */
  @Test
  void a_key_that_is_made_when_first_needed_replaces_none_that_was_made_at_that_moment() {
    TenantId tenant = new TenantId("racer");
    newSecret(tenant);
    String made =
        post(tenant, "webhook-secrets", "{\"kind\":\"ED25519\"}", 201)
            .path("data")
            .path("secret_id")
            .asString();
    try (Receiver receiver = new Receiver(_ -> Receiver.Answer.of(200))) {
      String endpoint = subscribed(tenant, receiver, "\"ed25519\":false");
      move(made, "racer-not-yet");
      tested(tenant, endpoint, receiver);
      move(made, tenant.value());
      subscribed(tenant, receiver, "\"ed25519\":true");
      tested(tenant, endpoint, receiver);
      assertThat(get(tenant, "webhook-keys").path("keys"))
          .extracting(one -> one.path("kid").asString())
          .containsExactly(made);
    }
  }

  private void move(String secret, String tenant) {
    jdbc.sql("update signing_secret set tenant = ? where id = cast(? as uuid)")
        .params(tenant, secret)
        .update();
  }

  @Test
  void however_many_were_replaced_since_the_current_one_is_among_those_in_use() {
    TenantId tenant = new TenantId("turner");
    newSecret(tenant);
    jdbc.sql(
            """
            insert into signing_secret (id, tenant, endpoint_id, sealed, created_at, expires_at)
            select gen_random_uuid(), ?, gen_random_uuid(), '', now(), now() + interval '1 hour'
              from generate_series(1, 1001)
            """)
        .param(tenant.value())
        .update();
    assertThat(get(tenant, "webhook-secrets").path("items"))
        .hasSize(1001)
        .filteredOn(one -> one.path("expires_at").isNull())
        .hasSize(1);
  }

  private String subscribed(TenantId tenant, Receiver receiver, String more) {
    return subscribe(tenant, receiver.url("/s"), more).path("endpoint_id").asString();
  }

  private String ownSecret(TenantId tenant, String endpoint, String more) {
    String body = "{\"endpoint_id\":\"%s\"%s}".formatted(endpoint, more);
    return post(tenant, "webhook-secrets", body, 201).path("data").path("secret").asString();
  }

  private Receiver.Request tested(TenantId tenant, String endpoint, Receiver receiver) {
    post(tenant, "endpoints/" + endpoint + "/test", "{}", 200);
    List<Receiver.Request> requests = receiver.requests("/s");
    return requests.getLast();
  }
}
