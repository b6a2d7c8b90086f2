package io.imageaudit.notification.delivery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.imageaudit.model.TenantId;
import java.time.Duration;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class JdbcResendIT extends QueueDatabase {

  private static final TenantId ACME = new TenantId("acme");

  @Test
  void one_that_is_settled_at_this_moment_is_waited_for() throws Exception {
    plan(endpoint("a"), 1);
    UUID delivery = due.claim(1, Set.of()).getFirst().deliveryId();
    try (ExecutorService thread = Executors.newSingleThreadExecutor()) {
      Future<DeliveryLedger.Resend> resent = whileSettled(thread, delivery);
      assertThat(resent.get(30, TimeUnit.SECONDS)).isEqualTo(DeliveryLedger.Resend.QUEUED);
    }
    assertThat(count("task")).isEqualTo(1);
  }

  /** Settles in two steps, so that the other side comes between them. */
  private Future<DeliveryLedger.Resend> whileSettled(ExecutorService thread, UUID delivery) {
    return transaction.execute(_ -> {
      jdbc.sql("delete from task where delivery_id = ?").param(delivery).update();
      Future<DeliveryLedger.Resend> resent =
          thread.submit(() -> new JdbcDeliveryLedger(jdbc, transaction).resend(ACME, delivery));
      await().atMost(Duration.ofSeconds(20)).until(this::somebodyWaits);
      jdbc.sql("update delivery set status = 'DELIVERED', ended_at = now() where id = ?")
          .param(delivery)
          .update();
      return resent;
    });
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
