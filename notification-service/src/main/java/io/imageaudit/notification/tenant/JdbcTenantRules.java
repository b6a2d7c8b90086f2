package io.imageaudit.notification.tenant;

import io.imageaudit.model.TenantId;
import java.sql.Array;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Rules in PostgreSQL, one row for each tenant that has some. */
final class JdbcTenantRules implements StoredTenantRules {

  private static final String SAVE =
      """
      insert into tenant_rule (tenant, retry_millis, verify_endpoints)
      values (:tenant, cast(:retry as bigint[]), cast(:verify as boolean))
      on conflict (tenant) do update
         set retry_millis = excluded.retry_millis, verify_endpoints = excluded.verify_endpoints,
             updated_at = now()
      """;

  private final JdbcClient jdbc;

  JdbcTenantRules(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  @Override
  public TenantRules find(TenantId tenant) {
    return jdbc.sql("select retry_millis, verify_endpoints from tenant_rule where tenant = ?")
        .param(tenant.value())
        .query(JdbcTenantRules::rules)
        .optional()
        .orElse(TenantRules.NONE);
  }

  private static TenantRules rules(ResultSet row, int index) throws SQLException {
    return new TenantRules(
        pauses(row.getArray("retry_millis")), row.getObject("verify_endpoints", Boolean.class));
  }

  private static @Nullable List<Duration> pauses(@Nullable Array millis) throws SQLException {
    return millis == null
        ? null
        : Stream.of((Long[]) millis.getArray()).map(Duration::ofMillis).toList();
  }

  @Override
  public void save(TenantId tenant, TenantRules rules) {
    List<Duration> pauses = rules.retrySchedule();
    jdbc.sql(SAVE)
        .param("tenant", tenant.value())
        .param("retry", pauses == null ? null : millis(pauses))
        .param("verify", rules.verifyEndpoints())
        .update();
  }

  private static Long[] millis(List<Duration> pauses) {
    return pauses.stream().map(Duration::toMillis).toArray(Long[]::new);
  }
}
