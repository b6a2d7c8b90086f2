package io.imageaudit.gateway.submit;

import io.imageaudit.model.AuditJson;
import io.imageaudit.model.event.AuditSubmitted;
import java.sql.Timestamp;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.springframework.jdbc.core.simple.JdbcClient;
import tools.jackson.databind.json.JsonMapper;

/** Finds them by a partial index over the rows that are QUEUED. */
final class JdbcUnannouncedAudits implements UnannouncedAudits {

  private static final String TAKE =
      """
      update audit
         set announcements = announcements + 1,
             announce_after = ?::timestamptz
                              + ?::interval * power(2, least(announcements + 1, 7))
       where audit_id in (
             select audit_id from audit
              where status = 'QUEUED' and announce_after <= ?::timestamptz
                and deadline > ?::timestamptz and submitted is not null
              order by announce_after limit ? for update skip locked)
      returning submitted
      """;

  private static final String FORGET =
      """
      delete from idempotency_key
       where (tenant, key) in (
             select tenant, key from idempotency_key
              where expires_at <= ?::timestamptz order by expires_at limit ?
              for update skip locked)
      """;

  private final JdbcClient database;
  private final Duration patience;
  private final JsonMapper json = AuditJson.mapper();

  JdbcUnannouncedAudits(JdbcClient database, Duration patience) {
    this.database = database;
    this.patience = patience;
  }

  @Override
  public List<AuditSubmitted> take(Instant now, int limit) {
    Timestamp time = Timestamp.from(now);
    return database
        .sql(TAKE)
        .params(time, patience.toString(), time, time, limit)
        .query((row, _) -> json.readValue(row.getString("submitted"), AuditSubmitted.class))
        .list();
  }

  @Override
  public int forgetExpiredKeys(Instant now, int limit) {
    return database.sql(FORGET).params(Timestamp.from(now), limit).update();
  }
}
