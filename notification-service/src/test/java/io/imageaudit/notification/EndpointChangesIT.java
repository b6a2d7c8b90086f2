package io.imageaudit.notification;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.imageaudit.model.TenantId;
import java.net.URI;
import java.time.Duration;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.transaction.support.TransactionTemplate;
import tools.jackson.databind.JsonNode;

class EndpointChangesIT extends ManagedService {

  private static final TenantId TENANT = new TenantId("changer");

  @Autowired TransactionTemplate transaction;

  @Test
  void a_receiver_that_is_disabled_while_it_is_subscribed_again_stays_disabled() throws Exception {
    URI url = URI.create("http://127.0.0.1:18080/again");
    UUID id = idOf(subscribe(TENANT, url, "\"verdicts\":[]"));
    JsonNode changed = whileDisabled(id, () -> subscribe(TENANT, url, "\"verdicts\":[\"BLOCK\"]"));
    assertThat(changed.path("disabled_reason").asString("")).isEqualTo("FAILING");
    JsonNode endpoint = get(TENANT, "endpoints/" + id);
    assertThat(endpoint.path("state").asString()).isEqualTo("DISABLED");
    assertThat(endpoint.path("verdicts").toString()).isEqualTo("[\"BLOCK\"]");
  }

  @Test
  void a_receiver_that_is_disabled_while_it_is_enabled_is_enabled_as_a_whole() throws Exception {
    URI url = URI.create("http://127.0.0.1:18080/enabled");
    UUID id = idOf(subscribe(TENANT, url, "\"verdicts\":[]"));
    whileDisabled(id, () -> post(TENANT, "endpoints/" + id + "/enable", "{}", 200));
    assertThat(get(TENANT, "endpoints/" + id).path("state").asString()).isEqualTo("ACTIVE");
    assertThat(
            jdbc.sql("select halted from lane where endpoint_id = ?")
                .param(id)
                .query(Boolean.class)
                .single())
        .isFalse();
  }

  @Test
  void a_change_that_would_wait_too_long_is_not_made_and_says_so() {
    URI url = URI.create("http://127.0.0.1:18080/waits");
    UUID id = idOf(subscribe(TENANT, url, "\"verdicts\":[]"));
    transaction.executeWithoutResult(_ -> {
      jdbc.sql("update lane set halted = halted where endpoint_id = ?").param(id).update();
      JsonNode refused = post(TENANT, "endpoints/" + id + "/disable", "{}", 503);
      assertThat(refused.path("code").asString()).isEqualTo("TIME_LIMIT");
    });
    assertThat(get(TENANT, "endpoints/" + id).path("state").asString()).isEqualTo("ACTIVE");
  }

  private static UUID idOf(JsonNode endpoint) {
    return UUID.fromString(endpoint.path("endpoint_id").asString());
  }

  /** Disables as who settles does; the change comes before that is committed. */
  private JsonNode whileDisabled(UUID endpoint, Supplier<JsonNode> change) throws Exception {
    try (ExecutorService thread = Executors.newSingleThreadExecutor()) {
      Future<JsonNode> changed =
          transaction.execute(_ -> {
            jdbc.sql("update lane set halted = true where endpoint_id = ?")
                .param(endpoint)
                .update();
            jdbc.sql(
                    """
                    update endpoint set state = 'DISABLED', disabled_reason = 'FAILING'
                     where id = ?
                    """)
                .param(endpoint)
                .update();
            Future<JsonNode> begun = thread.submit(change::get);
            await().atMost(Duration.ofSeconds(20)).until(this::somebodyWaits);
            return begun;
          });
      return changed.get(30, TimeUnit.SECONDS);
    }
  }

  private boolean somebodyWaits() {
    return jdbc.sql(
                """
                select count(*) from pg_stat_activity
                 where datname = current_database() and wait_event_type = 'Lock'
                """)
            .query(Integer.class)
            .single()
        > 0;
  }
}
