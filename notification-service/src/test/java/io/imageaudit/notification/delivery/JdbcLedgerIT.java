package io.imageaudit.notification.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import io.imageaudit.model.TenantId;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.springframework.jdbc.core.simple.JdbcClient;

class JdbcLedgerIT extends QueueDatabase {

  private static final TenantId ACME = new TenantId("acme");

  @ParameterizedTest
  @EnumSource
  void deliveries_are_listed_by_their_status(DeliveryStatus status) {
    UUID endpoint = endpoint("a");
    plan(endpoint, 1);
    plan(endpoint("other", "a"), 1);
    jdbc.sql("update delivery set status = ?").param(status.name()).update();
    DeliveryLedger ledger = new JdbcDeliveryLedger(jdbc, transaction);
    assertThat(ledger.list(query(status)))
        .extracting(DeliveryView::endpointId)
        .containsExactly(endpoint);
    DeliveryStatus other =
        status == DeliveryStatus.GONE ? DeliveryStatus.ABORTED : DeliveryStatus.GONE;
    assertThat(ledger.list(query(other))).isEmpty();
  }

  @ParameterizedTest
  @EnumSource(names = {"EXHAUSTED", "SUPERSEDED"})
  void few_that_did_not_arrive_are_found_among_many_that_did(DeliveryStatus status) {
    arrived(20_000);
    assertThat(
            plan(
                jdbc.sql("explain " + JdbcLedgerSql.list(query(status)))
                    .param("tenant", "acme")
                    .param("limit", 20)))
        .containsPattern("delivery_(by_status|missed)")
        .doesNotContain("Seq Scan on delivery");
  }

  @Test
  void what_was_missed_is_counted_without_looking_at_what_arrived() {
    arrived(20_000);
    Replays.Wish wish =
        new Replays.Wish(ACME, Instant.EPOCH, Instant.now().plusSeconds(60), null, true);
    assertThat(
            plan(
                jdbc.sql("explain " + JdbcReplaySql.count(wish))
                    .param("tenant", "acme")
                    .param("from", java.sql.Timestamp.from(wish.from()))
                    .param("to", java.sql.Timestamp.from(wish.to()))
                    .param("most", 100)))
        .contains("delivery_missed")
        .doesNotContain("Seq Scan on delivery");
  }

  private static String plan(JdbcClient.StatementSpec statement) {
    return String.join("\n", statement.query(String.class).list());
  }

  private void arrived(int deliveries) {
    UUID endpoint = endpoint("a");
    jdbc.sql(
            """
            with e as (
              insert into event (id, audit_id, verdict_seq, tenant, type, occurred_at, trace_id,
                                 request, body)
              select gen_random_uuid(), gen_random_uuid(), 1, 'acme', 'image.audit.concluded',
                     now(), '', '{}', ''
                from generate_series(1, ?)
              returning id)
            insert into delivery (id, event_id, endpoint_id, tenant, url, status, created_at,
                                  ended_at)
            select gen_random_uuid(), id, ?, 'acme', 'http://receiver.example/', 'DELIVERED',
                   now(), now()
              from e
            """)
        .params(deliveries, endpoint)
        .update();
    jdbc.sql("analyze delivery, event, endpoint").update();
  }

  private static DeliveryQuery query(@Nullable DeliveryStatus status) {
    return new DeliveryQuery(ACME, null, null, status, null, null, null, null, null, 20);
  }
}
