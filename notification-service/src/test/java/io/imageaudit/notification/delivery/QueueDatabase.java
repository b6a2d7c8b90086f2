package io.imageaudit.notification.delivery;

import com.zaxxer.hikari.HikariDataSource;
import io.imageaudit.test.RealPostgres;
import java.time.Duration;
import java.time.Instant;
import java.util.UUID;
import org.flywaydb.core.Flyway;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.TestInstance;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/** A database of its own, and what tests plan in it. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class QueueDatabase {

  static final int PER_LANE = 4;
  static final FlowSettings FLOW =
      new FlowSettings(
          32,
          Duration.ofMinutes(5),
          10,
          0.7,
          5,
          Duration.ofSeconds(30),
          Duration.ofMinutes(10),
          Duration.ofDays(5),
          Duration.ofHours(12));

  HikariDataSource database;
  JdbcClient jdbc;
  TransactionTemplate transaction;
  DueDeliveries due;
  Settlements settlements;

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
    jdbc.sql("truncate event, endpoint, lane, delivery, task, attempt, replay, signing_secret")
        .update();
  }

  DueDeliveries replica(Duration lease) {
    return new JdbcDueDeliveries(jdbc, transaction, lease);
  }

  UUID endpoint(String path) {
    return endpoint("acme", path);
  }

  UUID endpoint(String tenant, String path) {
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

  void plan(UUID endpoint, int deliveries) {
    for (int i = 0; i < deliveries; i++) {
      plan(endpoint, UUID.randomUUID(), 1);
    }
  }

  void plan(UUID endpoint, UUID audit, int seq) {
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

  String status(Claim claim) {
    return jdbc.sql("select status from delivery where id = ?")
        .param(claim.deliveryId())
        .query(String.class)
        .single();
  }

  int count(String table) {
    return jdbc.sql("select count(*) from " + table).query(Integer.class).single();
  }

  static Settlement settled(Claim claim, DeliveryOutcome outcome) {
    return new Settlement(
        claim,
        new AttemptLog(Instant.now(), Duration.ofMillis(5), "192.0.2.1", 200, null, null, ""),
        outcome,
        outcome instanceof DeliveryOutcome.Delivered ? Signal.SUCCESS : Signal.FAILURE);
  }
}
