package io.imageaudit.gateway.health;

import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.DescribeClusterOptions;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.DisposableBean;
import org.springframework.boot.health.contributor.AbstractHealthIndicator;
import org.springframework.boot.health.contributor.Health;
import org.springframework.kafka.core.KafkaAdmin;

/** Up while a Kafka broker answers within a second. */
final class KafkaHealthIndicator extends AbstractHealthIndicator implements DisposableBean {

  private static final int LIMIT_MILLIS = 1_000;

  private final KafkaAdmin connection;
  private @Nullable Admin admin;

  KafkaHealthIndicator(KafkaAdmin connection) {
    super("Kafka cannot be asked");
    this.connection = connection;
  }

  @Override
  protected void doHealthCheck(Health.Builder health) throws InterruptedException {
    try {
      int brokers =
          admin()
              .describeCluster(new DescribeClusterOptions().timeoutMs(LIMIT_MILLIS))
              .nodes()
              .get(LIMIT_MILLIS, TimeUnit.MILLISECONDS)
              .size();
      health.status(brokers > 0 ? "UP" : "DOWN").withDetail("brokers", brokers);
    } catch (ExecutionException | TimeoutException e) {
      health.down().withDetail("reason", e.getClass().getSimpleName());
    }
  }

  private synchronized Admin admin() {
    if (admin == null) {
      admin = Admin.create(connection.getConfigurationProperties());
    }
    return admin;
  }

  @Override
  public synchronized void destroy() {
    if (admin != null) {
      admin.close();
    }
  }
}
