package io.imageaudit.notification.delivery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.imageaudit.model.TenantId;
import io.imageaudit.model.event.AuditNotified;
import io.imageaudit.notification.webhook.WebhookReply;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class JdbcDueDeliveriesIT extends QueueDatabase {

  @Test
  void a_claim_that_is_never_settled_is_due_again_with_the_same_message_id_and_costs_no_try() {
    plan(endpoint("a"), 1);
    Claim first = replica(Duration.ofMillis(300)).claim(10, Set.of()).getFirst();
    assertThat(due.claim(10, Set.of())).isEmpty();

    List<Claim> second = new ArrayList<>();
    await().until(() -> second.addAll(due.claim(10, Set.of())));
    assertThat(second).hasSize(1);
    assertThat(second.getFirst().messageId()).isEqualTo(first.messageId());
    assertThat(second.getFirst().claimId()).isNotEqualTo(first.claimId());
    assertThat(second.getFirst().attempt()).isEqualTo(1);
    assertThat(second.getFirst().turn()).isEqualTo(1);
  }

  @Test
  void tries_are_numbered_on_over_retries_and_over_sending_again_which_begins_the_schedule_anew() {
    plan(endpoint("a"), 1);
    Claim first = due.claim(10, Set.of()).getFirst();
    settlements.settle(List.of(settled(first, new DeliveryOutcome.RetryAfterPause(Duration.ZERO))));
    List<Claim> claims = new ArrayList<>();
    await().until(() -> claims.addAll(due.claim(10, Set.of())));
    Claim second = claims.getFirst();
    settlements.settle(List.of(settled(second, new DeliveryOutcome.Delivered())));
    new JdbcDeliveryLedger(jdbc, transaction).resend(first.tenant(), first.deliveryId());
    Claim third = due.claim(10, Set.of()).getFirst();
    settlements.settle(List.of(settled(third, new DeliveryOutcome.Delivered())));

    assertThat(List.of(first, second, third)).extracting(Claim::attempt).containsExactly(1, 2, 3);
    assertThat(List.of(first, second, third)).extracting(Claim::turn).containsExactly(1, 2, 1);
    assertThat(jdbc.sql("select number from attempt order by number").query(Integer.class).list())
        .containsExactly(1, 2, 3);
    assertThat(jdbc.sql("select attempts from delivery").query(Integer.class).single())
        .isEqualTo(3);
  }

  @Test
  void a_try_that_the_version_before_has_begun_is_not_numbered_again() {
    plan(endpoint("a"), 1);
    jdbc.sql(
            """
            update task set attempt = attempt + 1, claim_id = gen_random_uuid(),
                            next_attempt_at = now() - interval '1 second'
            """)
        .update();
    assertThat(due.claim(10, Set.of()).getFirst().attempt()).isEqualTo(2);
  }

  @Test
  void whoever_lost_its_claim_settles_nothing_but_the_log() {
    plan(endpoint("a"), 1);
    Claim lost = replica(Duration.ofMillis(1)).claim(10, Set.of()).getFirst();
    List<Claim> mine = new ArrayList<>();
    await().until(() -> mine.addAll(due.claim(10, Set.of())));

    settlements.settle(List.of(settled(lost, new DeliveryOutcome.Delivered())));
    assertThat(status(lost)).isEqualTo("PENDING");
    settlements.settle(List.of(settled(mine.getFirst(), new DeliveryOutcome.Delivered())));
    assertThat(status(lost)).isEqualTo("DELIVERED");
    assertThat(count("attempt")).isEqualTo(2);
    assertThat(count("task")).isZero();
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void of_two_claims_of_one_delivery_that_are_settled_together_the_lost_one_changes_nothing(
      boolean lostFirst) {
    UUID endpoint = endpoint("a");
    plan(endpoint, 1);
    Claim lost = replica(Duration.ofMillis(1)).claim(10, Set.of()).getFirst();
    List<Claim> mine = new ArrayList<>();
    await().until(() -> mine.addAll(due.claim(10, Set.of())));

    Settlement retry = settled(lost, new DeliveryOutcome.RetryAfterPause(Duration.ofHours(1)));
    Settlement arrived = settled(mine.getFirst(), new DeliveryOutcome.Delivered());
    assertThat(settlements.settle(lostFirst ? List.of(retry, arrived) : List.of(arrived, retry)))
        .containsExactly(lost.deliveryId());
    assertThat(status(lost)).isEqualTo("DELIVERED");
    assertThat(
            jdbc.sql("select window_failures from lane where endpoint_id = ?")
                .param(endpoint)
                .query(Integer.class)
                .single())
        .isZero();
    assertThat(count("attempt")).isEqualTo(2);
  }

  @Test
  void a_renewed_lease_lasts_on_and_one_that_was_lost_is_not_renewed() {
    plan(endpoint("a"), 1);
    List<Claim> lapsed = replica(Duration.ofMillis(1)).claim(10, Set.of());
    assertThat(due.renew(lapsed)).containsExactly(lapsed.getFirst().claimId());
    jdbc.sql("update lane set next_due_at = now()").update();
    assertThat(due.claim(10, Set.of())).isEmpty();

    jdbc.sql("update task set next_attempt_at = now()").update();
    jdbc.sql("update lane set next_due_at = now()").update();
    assertThat(due.claim(10, Set.of())).hasSize(1);
    assertThat(due.renew(lapsed)).isEmpty();
    assertThat(due.renew(List.of())).isEmpty();
  }

  @Test
  void a_delivery_to_retry_is_due_after_its_pause() {
    plan(endpoint("a"), 1);
    Claim claim = due.claim(10, Set.of()).getFirst();
    settlements.settle(
        List.of(settled(claim, new DeliveryOutcome.RetryAfterPause(Duration.ofMillis(300)))));
    assertThat(due.claim(10, Set.of())).isEmpty();
    await().atMost(Duration.ofSeconds(5)).until(() -> !due.claim(10, Set.of()).isEmpty());
  }

  @Test
  void what_is_put_off_is_due_in_an_hour_and_has_cost_a_try() {
    plan(endpoint("a"), 1);
    Claim lost = replica(Duration.ofMillis(1)).claim(10, Set.of()).getFirst();
    List<Claim> mine = new ArrayList<>();
    await().until(() -> mine.addAll(due.claim(10, Set.of())));
    settlements.putOff(lost);
    assertThat(due.renew(mine)).hasSize(1);
    settlements.putOff(mine.getFirst());
    assertThat(due.renew(mine)).isEmpty();
    assertThat(
            jdbc.sql(
                    """
                    select attempt || ' ' || (next_attempt_at > now() + interval '59 minutes')
                      from task
                    """)
                .query(String.class)
                .single())
        .isEqualTo("1 true");
  }

  @Test
  void what_is_deferred_is_due_later_and_is_no_try() {
    UUID endpoint = endpoint("a");
    plan(endpoint, 1);
    Claim claim = due.claim(10, Set.of()).getFirst();
    WebhookReply noneFree = new WebhookReply.Unreachable(WebhookReply.Fault.NO_CONNECTION_FREE, "");
    assertThat(
            settlements.settle(
                List.of(
                    new Settlement(
                        claim,
                        new AttemptLog(Instant.now(), Duration.ZERO, null, null, null, null, null),
                        new DeliveryOutcome.Deferred(Duration.ofMillis(300)),
                        Signal.of(noneFree)))))
        .isEmpty();
    assertThat(due.claim(10, Set.of())).isEmpty();
    assertThat(count("attempt")).isZero();
    assertThat(jdbc.sql("select attempts from delivery").query(Integer.class).single()).isZero();
    assertThat(
            jdbc.sql("select window_calls from lane where endpoint_id = ?")
                .param(endpoint)
                .query(Integer.class)
                .single())
        .isZero();

    List<Claim> again = new ArrayList<>();
    await().until(() -> again.addAll(due.claim(10, Set.of())));
    assertThat(again).extracting(Claim::attempt).containsExactly(1);
  }

  @Test
  void an_endpoint_with_a_backlog_takes_no_more_than_its_share() {
    UUID busy = endpoint("busy");
    plan(busy, 500);
    List<UUID> others = List.of(endpoint("x"), endpoint("y"), endpoint("z"));
    others.forEach(other -> plan(other, 2));

    Map<UUID, Long> claimed =
        due.claim(100, Set.of()).stream()
            .collect(Collectors.groupingBy(Claim::endpointId, Collectors.counting()));
    assertThat(claimed).containsEntry(busy, (long) PER_LANE);
    others.forEach(other -> assertThat(claimed).containsEntry(other, 2L));
    assertThat(due.claim(100, Set.of())).isEmpty();
  }

  @Test
  void settling_makes_room_for_the_next_of_the_same_endpoint() {
    plan(endpoint("busy"), 10);
    List<Claim> claims = due.claim(100, Set.of());
    settlements.settle(List.of(settled(claims.getFirst(), new DeliveryOutcome.Delivered())));
    assertThat(due.claim(100, Set.of())).hasSize(1);
  }

  @Test
  void the_sweep_finds_what_nobody_was_woken_for() {
    UUID endpoint = endpoint("a");
    plan(endpoint, 1);
    jdbc.sql("update lane set next_due_at = 'infinity'").update();
    assertThat(due.claim(10, Set.of())).isEmpty();
    assertThat(due.sweep()).isEqualTo(1);
    assertThat(due.claim(10, Set.of())).hasSize(1);
    assertThat(due.sweep()).isZero();
  }

  @Test
  void two_replicas_never_hold_the_same_delivery() throws InterruptedException {
    for (int i = 0; i < 20; i++) {
      plan(endpoint("e" + i), 20);
    }
    List<UUID> claimed = Collections.synchronizedList(new ArrayList<>());
    List<Thread> replicas = new ArrayList<>();
    for (int i = 0; i < 4; i++) {
      replicas.add(Thread.ofVirtual().start(() -> drain(claimed)));
    }
    for (Thread replica : replicas) {
      replica.join();
    }
    assertThat(claimed).hasSize(400).doesNotHaveDuplicates();
    assertThat(count("task")).isZero();
  }

  @Test
  void a_tenant_with_many_endpoints_takes_no_more_than_one_with_a_single_endpoint() {
    for (int i = 0; i < 50; i++) {
      plan(endpoint("big", "e" + i), 10);
    }
    plan(endpoint("small", "only"), 4);

    Map<String, Long> claimed =
        due.claim(8, Set.of()).stream()
            .collect(Collectors.groupingBy(one -> one.tenant().value(), Collectors.counting()));
    assertThat(claimed).containsEntry("small", 4L).containsEntry("big", 4L);
  }

  @Test
  void the_round_goes_on_behind_the_last_tenant() {
    List<String> tenants = new ArrayList<>();
    for (int i = 10; i < 50; i++) {
      plan(endpoint("tenant-" + i, "x"), 1);
      tenants.add("tenant-" + i);
    }
    Set<String> served =
        due.claim(100, Set.of()).stream()
            .map(one -> one.tenant().value())
            .collect(Collectors.toSet());
    served.addAll(due.claim(100, Set.of()).stream().map(one -> one.tenant().value()).toList());
    served.addAll(due.claim(100, Set.of()).stream().map(one -> one.tenant().value()).toList());
    assertThat(served).containsExactlyInAnyOrderElementsOf(tenants);
  }

  @Test
  void a_tenant_that_holds_its_share_is_left_out() {
    plan(endpoint("busy", "x"), 1);
    plan(endpoint("idle", "x"), 1);
    assertThat(due.claim(10, Set.of(new TenantId("busy"))))
        .extracting(one -> one.tenant().value())
        .containsExactly("idle");
  }

  @Test
  void of_two_verdicts_the_older_goes_first_and_the_newer_waits_for_it() {
    UUID endpoint = endpoint("a");
    UUID audit = UUID.randomUUID();
    plan(endpoint, audit, 2);
    plan(endpoint, audit, 1);
    List<Claim> first = due.claim(10, Set.of());
    assertThat(first).extracting(Claim::verdictSeq).containsExactly(1);
    assertThat(due.claim(10, Set.of())).isEmpty();
    settlements.settle(List.of(settled(first.getFirst(), new DeliveryOutcome.Delivered())));
    assertThat(due.claim(10, Set.of())).extracting(Claim::verdictSeq).containsExactly(2);
  }

  @Test
  void an_older_verdict_is_not_delivered_after_a_newer_one() {
    UUID endpoint = endpoint("a");
    UUID audit = UUID.randomUUID();
    plan(endpoint, audit, 1);
    Claim older = due.claim(10, Set.of()).getFirst();
    settlements.settle(
        List.of(settled(older, new DeliveryOutcome.RetryAfterPause(Duration.ofHours(1)))));
    plan(endpoint, audit, 2);
    due.sweep();
    Claim newer = due.claim(10, Set.of()).getFirst();
    settlements.settle(List.of(settled(newer, new DeliveryOutcome.Delivered())));
    assertThat(status(older)).isEqualTo("SUPERSEDED");
    assertThat(count("task")).isZero();
  }

  @Test
  void a_receiver_that_is_gone_is_disabled_and_what_waits_is_skipped() {
    UUID endpoint = endpoint("gone");
    plan(endpoint, 6);
    Claim claim = due.claim(1, Set.of()).getFirst();
    settlements.settle(
        List.of(settled(claim, new DeliveryOutcome.GivenUp(DeliveryOutcome.Reason.GONE))));
    assertThat(due.claim(10, Set.of())).isEmpty();
    assertThat(due.skipHalted()).isEqualTo(5);
    assertThat(
            jdbc.sql("select state || ' ' || disabled_reason from endpoint where id = ?")
                .param(endpoint)
                .query(String.class)
                .single())
        .isEqualTo("DISABLED GONE");
    assertThat(
            jdbc.sql(
                    "select count(*) from delivery where status = 'SKIPPED' and announce_at <="
                        + " now()")
                .query(Integer.class)
                .single())
        .isEqualTo(5);
  }

  @Test
  void whoever_settles_tells_of_the_end_and_another_replica_does_when_it_does_not() {
    plan(endpoint("told"), 2);
    List<Claim> claims = due.claim(10, Set.of());
    List<UUID> own =
        settlements.settle(
            List.of(
                settled(claims.getFirst(), new DeliveryOutcome.Delivered()),
                settled(claims.getLast(), new DeliveryOutcome.RetryAfterPause(Duration.ZERO))));
    assertThat(own).containsExactly(claims.getFirst().deliveryId());

    EndedDeliveries ended = new JdbcEndedDeliveries(jdbc);
    assertThat(ended.find(own)).extracting(AuditNotified::deliveryId).isEqualTo(own);
    assertThat(ended.take(10)).isEmpty();
    jdbc.sql("update delivery set announce_at = announce_at - interval '1 minute'").update();
    List<AuditNotified> left = ended.take(10);
    assertThat(left).extracting(AuditNotified::deliveryId).isEqualTo(own);
    assertThat(ended.take(10)).isEmpty();
    ended.announced(left);
    assertThat(ended.find(own)).isEmpty();
  }

  @Test
  void an_end_after_sending_again_is_told_although_the_first_end_is_told_late() {
    plan(endpoint("again"), 1);
    Claim claim = due.claim(10, Set.of()).getFirst();
    List<UUID> own = settlements.settle(List.of(settled(claim, new DeliveryOutcome.Delivered())));
    EndedDeliveries ended = new JdbcEndedDeliveries(jdbc);
    List<AuditNotified> first = ended.find(own);
    assertThat(first).hasSize(1);

    new JdbcDeliveryLedger(jdbc, transaction).resend(claim.tenant(), claim.deliveryId());
    ended.announced(first);
    Claim again = due.claim(10, Set.of()).getFirst();
    settlements.settle(List.of(settled(again, new DeliveryOutcome.Delivered())));
    ended.announced(first);
    List<AuditNotified> second = ended.find(own);
    assertThat(second).hasSize(1);
    ended.announced(second);
    assertThat(ended.find(own)).isEmpty();
  }

  @Test
  void an_end_is_told_although_an_earlier_one_was_told_while_it_was_under_way() {
    plan(endpoint("again"), 2);
    jdbc.sql("update delivery set announced_at = now()").update();
    Claim claim = due.claim(1, Set.of()).getFirst();
    List<UUID> own = settlements.settle(List.of(settled(claim, new DeliveryOutcome.Delivered())));
    assertThat(new JdbcEndedDeliveries(jdbc).find(own)).hasSize(1);

    jdbc.sql("update lane set halted = true").update();
    assertThat(due.skipHalted()).isEqualTo(1);
    assertThat(new JdbcEndedDeliveries(jdbc).take(10)).hasSize(1);
  }

  @Test
  void a_receiver_that_fails_is_left_alone_for_a_while_and_that_costs_no_attempt() {
    UUID endpoint = endpoint("down");
    jdbc.sql("update lane set in_flight_limit = 16").update();
    plan(endpoint, 30);
    List<Claim> claims = new ArrayList<>(due.claim(100, Set.of()));
    claims.addAll(due.claim(100, Set.of()));
    assertThat(claims).hasSizeGreaterThanOrEqualTo(10);
    settlements.settle(
        claims.stream()
            .map(one -> settled(one, new DeliveryOutcome.RetryAfterPause(Duration.ZERO)))
            .toList());
    assertThat(due.claim(100, Set.of())).isEmpty();

    jdbc.sql("update lane set blocked_until = now()").update();
    due.sweep();
    List<Claim> probe = due.claim(100, Set.of());
    assertThat(probe).hasSize(1);
    assertThat(jdbc.sql("select max(attempt) from task").query(Integer.class).single())
        .isLessThanOrEqualTo(2);
    settlements.settle(List.of(settled(probe.getFirst(), new DeliveryOutcome.Delivered())));
    assertThat(due.claim(100, Set.of())).hasSizeGreaterThan(1);
  }

  @Test
  void a_limited_rate_is_kept() {
    UUID endpoint = endpoint("slow");
    jdbc.sql("update lane set rate = 0.01, tokens = 2, in_flight_limit = 16").update();
    plan(endpoint, 10);
    assertThat(due.claim(100, Set.of())).hasSize(1);
    assertThat(due.claim(100, Set.of())).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"1e-30", "1e-13", "1e12"})
  void however_odd_a_rate_is_the_others_are_served(String rate) {
    UUID odd = endpoint("odd");
    jdbc.sql("update lane set rate = cast(? as real)").param(rate).update();
    plan(odd, 9);
    UUID other = endpoint("other");
    plan(other, 1);

    List<Claim> claims = due.claim(100, Set.of());
    assertThat(claims).extracting(Claim::endpointId).contains(odd, other);
    settlements.settle(
        claims.stream().map(one -> settled(one, new DeliveryOutcome.Delivered())).toList());
    assertThat(millisUntilDue(odd)).isLessThanOrEqualTo(3_600_000);
  }

  @Test
  void a_settlement_does_not_put_off_the_next_token() {
    UUID endpoint = endpoint("slow");
    jdbc.sql("update lane set rate = 0.1, in_flight_limit = 16").update();
    plan(endpoint, 2);
    List<Claim> claims = due.claim(100, Set.of());
    jdbc.sql("update lane set tokens = 0.9, tokens_at = now()").update();
    settlements.settle(List.of(settled(claims.getFirst(), new DeliveryOutcome.Delivered())));
    assertThat(millisUntilDue(endpoint)).isLessThanOrEqualTo(1_100);
  }

  private long millisUntilDue(UUID endpoint) {
    return jdbc.sql(
            "select extract(epoch from next_due_at - now()) * 1000 from lane where endpoint_id = ?")
        .param(endpoint)
        .query(Long.class)
        .single();
  }

  @Test
  void what_waits_is_counted_unless_something_stands_in_its_way() {
    assertThat(due.backlog()).isEqualTo(Backlog.NONE);
    plan(endpoint("a"), 3);
    UUID later = endpoint("later");
    plan(later, 1);
    jdbc.sql("update task set next_attempt_at = now() - interval '90 seconds'").update();
    jdbc.sql("update task set next_attempt_at = now() + interval '1 hour' where endpoint_id = ?")
        .param(later)
        .update();
    UUID blocked = endpoint("blocked");
    plan(blocked, 5);
    jdbc.sql("update lane set blocked_until = now() + interval '1 hour' where endpoint_id = ?")
        .param(blocked)
        .update();
    UUID halted = endpoint("halted");
    plan(halted, 7);
    jdbc.sql("update lane set halted = true where endpoint_id = ?").param(halted).update();

    assertThat(due.backlog().due()).isEqualTo(3);
    assertThat(due.backlog().oldest()).isBetween(Duration.ofSeconds(90), Duration.ofSeconds(150));
  }

  private void drain(List<UUID> claimed) {
    long end = System.nanoTime() + Duration.ofSeconds(20).toNanos();
    while (count("task") > 0 && System.nanoTime() < end) {
      List<Claim> claims = due.claim(16, Set.of());
      claims.forEach(claim -> claimed.add(claim.deliveryId()));
      if (!claims.isEmpty()) {
        settlements.settle(
            claims.stream().map(claim -> settled(claim, new DeliveryOutcome.Delivered())).toList());
      }
    }
  }
}
