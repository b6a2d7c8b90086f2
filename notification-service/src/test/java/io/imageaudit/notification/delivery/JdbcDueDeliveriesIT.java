package io.imageaudit.notification.delivery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.zaxxer.hikari.HikariDataSource;
import io.imageaudit.model.TenantId;
import io.imageaudit.test.RealPostgres;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import org.flywaydb.core.Flyway;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class JdbcDueDeliveriesIT {

  private static final int PER_LANE = 4;
  private static final FlowSettings FLOW =
      new FlowSettings(
          32,
          Duration.ofMinutes(5),
          10,
          0.7,
          5,
          Duration.ofSeconds(30),
          Duration.ofMinutes(10),
          Duration.ofDays(5));

  private HikariDataSource database;
  private JdbcClient jdbc;
  private TransactionTemplate transaction;
  private DueDeliveries due;
  private Settlements settlements;

  @BeforeAll
  void createDatabase() {
    RealPostgres.Database fresh = RealPostgres.newDatabase();
    database = new HikariDataSource();
    database.setJdbcUrl(fresh.url());
    database.setUsername(fresh.user());
    database.setPassword(fresh.password());
    Flyway.configure().dataSource(database).load().migrate();
    jdbc = JdbcClient.create(database);
    transaction = new TransactionTemplate(new JdbcTransactionManager(database));
    due = replica(Duration.ofMinutes(1));
    settlements = new JdbcSettlements(jdbc, transaction, FLOW);
  }

  @AfterAll
  void closeDatabase() {
    database.close();
  }

  @BeforeEach
  void empty() {
    jdbc.sql("truncate event, endpoint, lane, delivery, task, attempt").update();
  }

  @Test
  void a_claim_that_is_never_settled_is_due_again_with_the_same_message_id() {
    plan(endpoint("a"), 1);
    Claim first = replica(Duration.ofMillis(300)).claim(10, Set.of()).getFirst();
    assertThat(due.claim(10, Set.of())).isEmpty();

    List<Claim> second = new ArrayList<>();
    await().until(() -> second.addAll(due.claim(10, Set.of())));
    assertThat(second).hasSize(1);
    assertThat(second.getFirst().messageId()).isEqualTo(first.messageId());
    assertThat(second.getFirst().claimId()).isNotEqualTo(first.claimId());
    assertThat(second.getFirst().attempt()).isEqualTo(2);
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

  private DueDeliveries replica(Duration lease) {
    return new JdbcDueDeliveries(jdbc, transaction, lease);
  }

  private UUID endpoint(String path) {
    return endpoint("acme", path);
  }

  private UUID endpoint(String tenant, String path) {
    UUID id = UUID.randomUUID();
    jdbc.sql(
            "insert into endpoint (id, tenant, url, created_at, updated_at)"
                + " values (?, ?, ?, now(), now())")
        .params(id, tenant, "http://receiver.example/" + path)
        .update();
    jdbc.sql(
            "insert into lane (endpoint_id, tenant, next_due_at, in_flight_limit)"
                + " values (?, ?, now(), 4)")
        .params(id, tenant)
        .update();
    return id;
  }

  private void plan(UUID endpoint, int deliveries) {
    for (int i = 0; i < deliveries; i++) {
      plan(endpoint, UUID.randomUUID(), 1);
    }
  }

  private void plan(UUID endpoint, UUID audit, int seq) {
    jdbc.sql(
            """
            with e as (
              insert into event (id, audit_id, verdict_seq, tenant, type, occurred_at, trace_id,
                                 request, body)
              select gen_random_uuid(), :audit, :seq, tenant, 'image.audit.concluded', now(),
                     repeat('a', 32), '{}', '{}'
                from endpoint where id = :endpoint
              returning id, audit_id, tenant),
            d as (
              insert into delivery (id, event_id, endpoint_id, tenant, url, created_at)
              select gen_random_uuid(), id, :endpoint, tenant, 'http://receiver.example/', now() from e
              returning id, event_id)
            insert into task (delivery_id, endpoint_id, audit_id, verdict_seq, next_attempt_at)
            select d.id, :endpoint, e.audit_id, :seq, now() from d join e on e.id = d.event_id
            """)
        .param("audit", audit)
        .param("seq", seq)
        .param("endpoint", endpoint)
        .update();
  }

  private String status(Claim claim) {
    return jdbc.sql("select status from delivery where id = ?")
        .param(claim.deliveryId())
        .query(String.class)
        .single();
  }

  private int count(String table) {
    return jdbc.sql("select count(*) from " + table).query(Integer.class).single();
  }

  private static Settlement settled(Claim claim, DeliveryOutcome outcome) {
    return new Settlement(
        claim,
        new AttemptLog(Instant.now(), Duration.ofMillis(5), "192.0.2.1", 200, null, null, ""),
        outcome,
        outcome instanceof DeliveryOutcome.Delivered ? Signal.SUCCESS : Signal.FAILURE);
  }
}
