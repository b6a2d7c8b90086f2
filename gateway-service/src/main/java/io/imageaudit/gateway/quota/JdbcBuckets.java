package io.imageaudit.gateway.quota;

import io.imageaudit.model.TenantId;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Optional;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * Buckets in PostgreSQL, which all instances share. Instead of tokens and a time, a row holds the
 * time at which the bucket will be full (the generic cell rate algorithm): drawing moves it on by
 * what the tokens take to come back, and is allowed while it lies within the time that a whole
 * bucket takes. That is one statement under the row's lock, by the database's clock, so the count
 * is exact over any number of instances. The commit does not wait for the disk: a crash of the
 * database may forgive what was drawn in its last moments.
 */
final class JdbcBuckets implements Buckets {

  /** Seconds that the arithmetic may be off. */
  private static final double SLACK = 1e-5;

  private static final double DAY_SECONDS = Duration.ofDays(1).toSeconds();

  private static final String DRAW =
      """
      with start as (
        select extract(epoch from clock_timestamp())::float8 as now,
               set_config('synchronous_commit', 'off', true) as quick)
      insert into quota_bucket as b (tenant, at, images_full_at, bytes_full_at)
      select :tenant, now, now + :images, now + :bytes from start
       where quick = 'off' and :images <= :images_window and :bytes <= :bytes_window
      on conflict (tenant) do update
        set at = greatest(b.at, excluded.at),
            images_full_at = greatest(b.images_full_at, excluded.at) + :images,
            bytes_full_at = greatest(b.bytes_full_at, excluded.at) + :bytes
        where greatest(b.images_full_at, excluded.at) + :images <= excluded.at + :images_window
          and greatest(b.bytes_full_at, excluded.at) + :bytes <= excluded.at + :bytes_window
      returning images_full_at - at as full_in
      """;

  private static final String LOOK =
      """
      select greatest(images_full_at - now, 0) as full_in,
             greatest(images_full_at + :images - now - :images_window,
                      bytes_full_at + :bytes - now - :bytes_window, 0) as retry_in
        from quota_bucket, (select extract(epoch from clock_timestamp())::float8 as now) as start
       where tenant = :tenant
      """;

  private static final String GIVE_BACK =
      """
      update quota_bucket
         set images_full_at = images_full_at - :images, bytes_full_at = bytes_full_at - :bytes
       where tenant = :tenant
      """;

  private final JdbcClient database;
  private final QuotaSettings settings;

  JdbcBuckets(JdbcClient database, QuotaSettings settings) {
    this.database = database;
    this.settings = settings;
  }

  @Override
  public Draw draw(TenantId tenant, int images, long bytes) {
    Optional<Double> drawn =
        statement(DRAW, tenant, images, bytes)
            .query((row, _) -> row.getDouble("full_in"))
            .optional();
    return drawn
        .map(fullIn -> (Draw) new Draw.Taken(left(fullIn), seconds(fullIn)))
        .orElseGet(() ->
            statement(LOOK, tenant, images, bytes)
                .query((row, _) -> refused(row))
                .optional()
                .orElseGet(this::never));
  }

  @Override
  public void giveBack(TenantId tenant, int images, long bytes) {
    amounts(GIVE_BACK, tenant, images, bytes).update();
  }

  private JdbcClient.StatementSpec statement(String sql, TenantId tenant, int images, long bytes) {
    return amounts(sql, tenant, images, bytes)
        .param("images_window", (double) settings.burst() / settings.rate() + SLACK)
        .param("bytes_window", DAY_SECONDS + SLACK);
  }

  /** How long each bucket takes to get so much. */
  private JdbcClient.StatementSpec amounts(String sql, TenantId tenant, int images, long bytes) {
    return database
        .sql(sql)
        .param("tenant", tenant.value())
        .param("images", (double) images / settings.rate())
        .param("bytes", bytes * DAY_SECONDS / settings.bytesPerDay().toBytes());
  }

  private Draw refused(ResultSet row) throws SQLException {
    double fullIn = row.getDouble("full_in");
    return new Draw.Refused(left(fullIn), seconds(fullIn), seconds(row.getDouble("retry_in")));
  }

  /** More than a whole bucket holds. */
  private Draw never() {
    return new Draw.Refused(settings.burst(), Duration.ZERO, Duration.ofDays(1));
  }

  private long left(double fullIn) {
    double left = settings.burst() - fullIn * settings.rate() + SLACK * settings.rate();
    return Math.clamp((long) left, 0, settings.burst());
  }

  private static Duration seconds(double seconds) {
    return Duration.ofNanos((long) (seconds * 1e9));
  }
}
