package io.imageaudit.gateway.deadline;

import io.imageaudit.model.AuditJson;
import io.imageaudit.model.event.AuditConcluded;
import io.imageaudit.model.event.AuditIngested;
import io.imageaudit.model.event.AuditSubmitted;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.springframework.jdbc.core.simple.JdbcClient;
import tools.jackson.databind.json.JsonMapper;

/** Finds them by a partial index over the rows that have not ended. */
final class JdbcOverdueAudits implements OverdueAudits {

  private static final Duration PAUSE = Duration.ofSeconds(30);

  private static final String TAKE =
      """
      update audit set expire_after = ?::timestamptz
       where audit_id in (
             select audit_id from audit
              where status in ('QUEUED', 'INGESTED') and deadline < ?::timestamptz
                and (expire_after is null or expire_after <= ?::timestamptz)
              order by deadline limit ? for update skip locked)
      returning submitted, ingested
      """;

  private final JdbcClient database;
  private final JsonMapper json = AuditJson.mapper();

  JdbcOverdueAudits(JdbcClient database) {
    this.database = database;
  }

  @Override
  public List<AuditConcluded> take(Instant now, Duration grace, int limit) {
    return database
        .sql(TAKE)
        .params(
            Timestamp.from(now.plus(PAUSE)),
            Timestamp.from(now.minus(grace)),
            Timestamp.from(now),
            limit)
        .query((row, _) -> expired(row, now))
        .list();
  }

  private AuditConcluded expired(ResultSet row, Instant now) throws SQLException {
    String ingested = row.getString("ingested");
    if (ingested != null) {
      AuditIngested event = json.readValue(ingested, AuditIngested.class);
      return AuditConcluded.expired(event.auditId(), event.request(), event.image(), now);
    }
    AuditSubmitted event = json.readValue(row.getString("submitted"), AuditSubmitted.class);
    return AuditConcluded.expired(event.auditId(), event.request(), null, now);
  }
}
