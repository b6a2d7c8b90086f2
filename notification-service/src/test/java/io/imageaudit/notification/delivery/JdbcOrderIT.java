package io.imageaudit.notification.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import io.imageaudit.model.TenantId;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** Of one audit's verdicts, none goes to an address that has taken a newer one. */
class JdbcOrderIT extends QueueDatabase {

  private static final TenantId ACME = new TenantId("acme");

  private final UUID audit = UUID.randomUUID();

  @Test
  void a_task_that_was_made_while_a_newer_verdict_arrived_is_ended_instead_of_handed_out() {
    UUID endpoint = endpoint("a");
    deliver(endpoint, 2);
    plan(endpoint, audit, 1);
    plan(endpoint, 1);
    assertThat(claim()).extracting(Claim::verdictSeq).containsExactly(1);
    assertThat(statusOf(1)).isEqualTo("SUPERSEDED");
    assertThat(count("task")).isEqualTo(1);
    assertThat(
            jdbc.sql(
                    "select count(*) from delivery where ended_at is not null and announce_at <="
                        + " now()")
                .query(Integer.class)
                .single())
        .as("its end is told")
        .isEqualTo(1);
  }

  @Test
  void so_is_one_whose_newer_verdict_is_on_its_way_once_more() {
    UUID endpoint = endpoint("a");
    Claim newer = deliver(endpoint, 2);
    assertThat(ledger().resend(ACME, newer.deliveryId())).isEqualTo(DeliveryLedger.Resend.QUEUED);
    plan(endpoint, audit, 1);
    assertThat(claim()).isEmpty();
    assertThat(claim()).extracting(Claim::verdictSeq).containsExactly(2);
  }

  @Test
  void what_was_delivered_before_that_was_remembered_counts_as_well() {
    UUID endpoint = endpoint("a");
    Claim newer = deliver(endpoint, 2);
    jdbc.sql("update delivery set delivered_at = null").update();
    plan(endpoint, audit, 1);
    assertThat(claim()).isEmpty();

    ledger().resend(ACME, newer.deliveryId());
    settlements.settle(
        List.of(
            settled(
                claim().getFirst(),
                new DeliveryOutcome.GivenUp(DeliveryOutcome.Reason.EXHAUSTED))));
    plan(endpoint, audit, 0);
    assertThat(claim()).isEmpty();
  }

  @Test
  void a_newer_one_that_never_arrived_or_arrived_elsewhere_stands_before_nothing() {
    UUID endpoint = endpoint("a");
    plan(endpoint, audit, 3);
    settlements.settle(
        List.of(
            settled(
                claim().getFirst(),
                new DeliveryOutcome.GivenUp(DeliveryOutcome.Reason.EXHAUSTED))));
    deliver(endpoint, 2);
    jdbc.sql("update delivery set url = url || '?elsewhere' where status = 'DELIVERED'").update();
    plan(endpoint, audit, 1);
    assertThat(claim()).extracting(Claim::verdictSeq).containsExactly(1);
  }

  private Claim deliver(UUID endpoint, int seq) {
    plan(endpoint, audit, seq);
    Claim claim = claim().getFirst();
    settlements.settle(List.of(settled(claim, new DeliveryOutcome.Delivered())));
    return claim;
  }

  private List<Claim> claim() {
    jdbc.sql("update lane set next_due_at = now()").update();
    return due.claim(10, Set.of());
  }

  private DeliveryLedger ledger() {
    return new JdbcDeliveryLedger(jdbc, transaction);
  }

  private String statusOf(int seq) {
    return jdbc.sql(
            """
            select d.status from delivery d join event e on e.id = d.event_id
             where e.audit_id = ? and e.verdict_seq = ?
            """)
        .params(audit, seq)
        .query(String.class)
        .single();
  }
}
