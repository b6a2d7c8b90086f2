package io.imageaudit.gateway.quota;

import static org.assertj.core.api.Assertions.assertThat;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import io.imageaudit.model.TenantId;
import io.imageaudit.test.RealPostgres;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.springframework.core.io.ClassPathResource;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.util.unit.DataSize;

/** Buckets that two instances share. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class SharedBucketsIT {

  private static final TenantId ACME = new TenantId("acme");
  private static final TenantId OTHER = new TenantId("other");
  private static final TenantId LARGE = new TenantId("large");

  private final HikariDataSource database = database();

  @BeforeAll
  void table() throws IOException {
    String sql =
        new ClassPathResource("db/migration/V3__quota_bucket.sql")
            .getContentAsString(StandardCharsets.UTF_8);
    JdbcClient.create(database).sql(sql).update();
  }

  @AfterAll
  void close() {
    database.close();
  }

  @Test
  void two_instances_together_allow_what_one_would() throws Exception {
    List<Buckets> instances = List.of(instance(1, 200, 1_000), instance(1, 200, 1_000));
    long start = System.nanoTime();
    List<Future<Buckets.Draw>> draws = new ArrayList<>();
    try (ExecutorService clients = Executors.newFixedThreadPool(8)) {
      for (int i = 0; i < 400; i++) {
        Buckets instance = instances.get(i % 2);
        draws.add(clients.submit(() -> instance.draw(ACME, 1, 0)));
      }
    }
    long refilled = Duration.ofNanos(System.nanoTime() - start).toSeconds() + 1;
    long taken = 0;
    for (Future<Buckets.Draw> draw : draws) {
      if (draw.get() instanceof Buckets.Draw.Taken) {
        taken++;
      }
    }
    assertThat(taken).isBetween(200L, 200 + refilled);
    assertThat(instances.getFirst().draw(OTHER, 200, 0)).isInstanceOf(Buckets.Draw.Taken.class);
  }

  @Test
  void what_was_not_taken_after_all_is_not_counted() {
    TenantId tenant = new TenantId("gives-back");
    Buckets one = instance(1, 10, 86_400_000);
    Buckets two = instance(1, 10, 86_400_000);
    assertThat(one.draw(tenant, 10, 80_000_000)).isInstanceOf(Buckets.Draw.Taken.class);
    two.giveBack(tenant, 8, 70_000_000);
    assertThat(one.draw(tenant, 8, 70_000_000)).isInstanceOf(Buckets.Draw.Taken.class);
    assertThat(one.draw(tenant, 9, 0)).isInstanceOf(Buckets.Draw.Refused.class);
  }

  @Test
  void bytes_are_shared_and_a_refusal_draws_nothing() {
    Buckets one = instance(1, 10, 86_400_000);
    Buckets two = instance(1, 10, 86_400_000);
    assertThat(one.draw(LARGE, 1, 80_000_000)).isInstanceOf(Buckets.Draw.Taken.class);
    Buckets.Draw refused = two.draw(LARGE, 1, 10_000_000);
    assertThat(refused).isInstanceOf(Buckets.Draw.Refused.class);
    assertThat(refused.left()).isEqualTo(9);
    assertThat(((Buckets.Draw.Refused) refused).retry())
        .isBetween(Duration.ofMinutes(50), Duration.ofHours(2));
    Buckets.Draw rest = two.draw(LARGE, 9, 6_000_000);
    assertThat(rest).isInstanceOf(Buckets.Draw.Taken.class);
    assertThat(rest.left()).isBetween(0L, 1L);
    assertThat(two.draw(LARGE, 11, 0)).isInstanceOf(Buckets.Draw.Refused.class);
    assertThat(two.draw(new TenantId("never-seen"), 11, 0))
        .isInstanceOf(Buckets.Draw.Refused.class);
  }

  private Buckets instance(int rate, int burst, long bytesPerDay) {
    QuotaSettings settings =
        new QuotaSettings(
            rate, burst, DataSize.ofBytes(bytesPerDay), QuotaSettings.Shared.POSTGRESQL);
    return new JdbcBuckets(JdbcClient.create(database), settings);
  }

  private static HikariDataSource database() {
    RealPostgres.Database own = RealPostgres.newDatabase();
    HikariConfig config = new HikariConfig();
    config.setJdbcUrl(own.url());
    config.setUsername(own.user());
    config.setPassword(own.password());
    return new HikariDataSource(config);
  }
}
