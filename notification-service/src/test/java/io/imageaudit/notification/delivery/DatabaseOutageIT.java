package io.imageaudit.notification.delivery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.DelegatingDataSource;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/** The database is away for longer than a lease lasts. */
class DatabaseOutageIT extends QueueDatabase {

  private static final Duration LEASE = Duration.ofMillis(800);
  private static final int DELIVERIES = 24;

  private final List<UUID> sent = new CopyOnWriteArrayList<>();
  private final CountDownLatch answer = new CountDownLatch(1);
  private volatile boolean away;

  @Test
  void what_was_sent_before_or_during_the_outage_is_not_sent_again() {
    for (int i = 0; i < DELIVERIES; i++) {
      plan(endpoint("e" + i), 1);
    }
    DeliveryPump pump = pump();
    pump.start();
    await().until(() -> sent.size() == DELIVERIES);
    away = true;
    answer.countDown();
    await().until(this::leasesEnded);
    away = false;

    await().atMost(Duration.ofSeconds(20)).until(() -> count("task") == 0);
    pump.stop();
    assertThat(sent).hasSize(DELIVERIES).doesNotHaveDuplicates();
    assertThat(count("attempt")).isEqualTo(DELIVERIES);
  }

  private boolean leasesEnded() {
    return jdbc.sql("select bool_and(next_attempt_at < now()) from task")
        .query(Boolean.class)
        .single();
  }

  private Settlement send(Claim claim) {
    sent.add(claim.deliveryId());
    try {
      answer.await();
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
    return settled(claim, new DeliveryOutcome.Delivered());
  }

  private DeliveryPump pump() {
    FragileDatabase fragileDatabase = new FragileDatabase();
    JdbcClient fragile = JdbcClient.create(fragileDatabase);
    TransactionTemplate within =
        new TransactionTemplate(new JdbcTransactionManager(fragileDatabase));
    Nudge nudge = new Nudge();
    DueDeliveries queue = new JdbcDueDeliveries(fragile, within, LEASE);
    HeldClaims held = new HeldClaims(queue, System::nanoTime, LEASE);
    SettlementWriter writer =
        new SettlementWriter(new JdbcSettlements(fragile, within, FLOW), held, nudge, _ -> {});
    return new DeliveryPump(
        queue,
        this::send,
        held,
        writer,
        new DeliveryMetrics(new SimpleMeterRegistry(), InstantSource.system()),
        nudge,
        settings(),
        Duration.ofSeconds(30));
  }

  private static DeliverySettings settings() {
    Duration pause = Duration.ofMillis(20);
    return new DeliverySettings(
        List.of(Duration.ZERO),
        0,
        LEASE,
        100,
        100,
        pause,
        pause,
        pause,
        Duration.ofDays(1),
        Duration.ofDays(1));
  }

  /** Gives no connection while it is away. */
  private final class FragileDatabase extends DelegatingDataSource {

    FragileDatabase() {
      super(database);
    }

    @Override
    public Connection getConnection() throws SQLException {
      if (away) {
        throw new SQLException("away", "08006");
      }
      return super.getConnection();
    }
  }
}
