package io.imageaudit.notification.delivery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.zaxxer.hikari.HikariDataSource;
import io.imageaudit.test.RealPostgres;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
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

  private HikariDataSource database;
  private JdbcClient jdbc;
  private TransactionTemplate transaction;
  private DueDeliveries due;

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
    Claim first = replica(Duration.ofMillis(300)).claim(10).getFirst();
    assertThat(due.claim(10)).isEmpty();

    List<Claim> second = new ArrayList<>();
    await().until(() -> second.addAll(due.claim(10)));
    assertThat(second).hasSize(1);
    assertThat(second.getFirst().messageId()).isEqualTo(first.messageId());
    assertThat(second.getFirst().claimId()).isNotEqualTo(first.claimId());
    assertThat(second.getFirst().attempt()).isEqualTo(2);
  }

  @Test
  void whoever_lost_its_claim_settles_nothing_but_the_log() {
    plan(endpoint("a"), 1);
    Claim lost = replica(Duration.ofMillis(1)).claim(10).getFirst();
    List<Claim> mine = new ArrayList<>();
    await().until(() -> mine.addAll(due.claim(10)));

    due.settle(List.of(settled(lost, new DeliveryOutcome.Delivered())));
    assertThat(status(lost)).isEqualTo("PENDING");
    due.settle(List.of(settled(mine.getFirst(), new DeliveryOutcome.Delivered())));
    assertThat(status(lost)).isEqualTo("DELIVERED");
    assertThat(count("attempt")).isEqualTo(2);
    assertThat(count("task")).isZero();
  }

  @Test
  void a_delivery_to_retry_is_due_after_its_pause() {
    plan(endpoint("a"), 1);
    Claim claim = due.claim(10).getFirst();
    due.settle(
        List.of(settled(claim, new DeliveryOutcome.RetryAfterPause(Duration.ofMillis(300)))));
    assertThat(due.claim(10)).isEmpty();
    await().atMost(Duration.ofSeconds(5)).until(() -> !due.claim(10).isEmpty());
  }

  @Test
  void an_endpoint_with_a_backlog_takes_no_more_than_its_share() {
    UUID busy = endpoint("busy");
    plan(busy, 500);
    List<UUID> others = List.of(endpoint("x"), endpoint("y"), endpoint("z"));
    others.forEach(other -> plan(other, 2));

    Map<UUID, Long> claimed =
        due.claim(100).stream()
            .collect(Collectors.groupingBy(Claim::endpointId, Collectors.counting()));
    assertThat(claimed).containsEntry(busy, (long) PER_LANE);
    others.forEach(other -> assertThat(claimed).containsEntry(other, 2L));
    assertThat(due.claim(100)).isEmpty();
  }

  @Test
  void settling_makes_room_for_the_next_of_the_same_endpoint() {
    plan(endpoint("busy"), 10);
    List<Claim> claims = due.claim(100);
    due.settle(List.of(settled(claims.getFirst(), new DeliveryOutcome.Delivered())));
    assertThat(due.claim(100)).hasSize(1);
  }

  @Test
  void the_sweep_finds_what_nobody_was_woken_for() {
    UUID endpoint = endpoint("a");
    plan(endpoint, 1);
    jdbc.sql("update lane set next_due_at = 'infinity'").update();
    assertThat(due.claim(10)).isEmpty();
    assertThat(due.sweep()).isEqualTo(1);
    assertThat(due.claim(10)).hasSize(1);
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

  private void drain(List<UUID> claimed) {
    long end = System.nanoTime() + Duration.ofSeconds(20).toNanos();
    while (count("task") > 0 && System.nanoTime() < end) {
      List<Claim> claims = due.claim(16);
      claims.forEach(claim -> claimed.add(claim.deliveryId()));
      if (!claims.isEmpty()) {
        due.settle(
            claims.stream().map(claim -> settled(claim, new DeliveryOutcome.Delivered())).toList());
      }
    }
  }

  private DueDeliveries replica(Duration lease) {
    return new JdbcDueDeliveries(jdbc, transaction, lease, PER_LANE);
  }

  private UUID endpoint(String path) {
    UUID id = UUID.randomUUID();
    jdbc.sql(
            "insert into endpoint (id, tenant, url, created_at, updated_at) values (?, 'acme', ?,"
                + " now(), now())")
        .params(id, "http://receiver.example/" + path)
        .update();
    jdbc.sql("insert into lane (endpoint_id, tenant, next_due_at) values (?, 'acme', now())")
        .param(id)
        .update();
    return id;
  }

  private void plan(UUID endpoint, int deliveries) {
    jdbc.sql(
            """
            with e as (
              insert into event (id, audit_id, verdict_seq, tenant, type, occurred_at, trace_id,
                                 request, body)
              select gen_random_uuid(), gen_random_uuid(), 1, 'acme', 'image.audit.concluded', now(),
                     repeat('a', 32), '{}', '{}'
                from generate_series(1, :n)
              returning id, audit_id),
            d as (
              insert into delivery (id, event_id, endpoint_id, tenant, url, created_at)
              select gen_random_uuid(), id, :endpoint, 'acme', 'http://receiver.example/', now() from e
              returning id, event_id)
            insert into task (delivery_id, endpoint_id, audit_id, verdict_seq, next_attempt_at)
            select d.id, :endpoint, e.audit_id, 1, now() from d join e on e.id = d.event_id
            """)
        .param("n", deliveries)
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
        outcome);
  }
}
