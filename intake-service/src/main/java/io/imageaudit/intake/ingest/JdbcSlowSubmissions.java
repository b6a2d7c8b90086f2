package io.imageaudit.intake.ingest;

import io.imageaudit.model.AuditId;
import io.imageaudit.model.AuditJson;
import io.imageaudit.model.event.AuditSubmitted;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import tools.jackson.databind.json.JsonMapper;

/** Slow submissions in PostgreSQL; replicas share them by skipping each other's locked rows. */
@Component
final class JdbcSlowSubmissions implements SlowSubmissions {

  private final JdbcClient jdbc;
  private final JsonMapper json = AuditJson.mapper();

  JdbcSlowSubmissions(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  @Override
  public void add(AuditSubmitted submitted, Instant leaseEnd) {
    jdbc.sql(
            """
            insert into slow_submission (audit_id, event, attempts, lease_end)
            values (?, ?::jsonb, 1, ?)
            on conflict (audit_id) do update set lease_end = excluded.lease_end
            """)
        .params(
            submitted.auditId().value(),
            json.writeValueAsString(submitted),
            Timestamp.from(leaseEnd))
        .update();
  }

  @Override
  public void remove(AuditId auditId) {
    jdbc.sql("delete from slow_submission where audit_id = ?").param(auditId.value()).update();
  }

  @Override
  public void renew(Set<AuditId> inWork, Instant leaseEnd) {
    jdbc.sql("update slow_submission set lease_end = ? where audit_id = any (?::uuid[])")
        .params(Timestamp.from(leaseEnd), ids(inWork))
        .update();
  }

  @Override
  public void postpone(AuditId auditId, Instant until, boolean counts) {
    jdbc.sql(
            """
            update slow_submission set lease_end = ?, attempts = greatest(attempts - ?, 0)
            where audit_id = ?
            """)
        .params(Timestamp.from(until), counts ? 0 : 1, auditId.value())
        .update();
  }

  @Override
  public void release(Set<AuditId> inWork, Instant now) {
    jdbc.sql(
            """
            update slow_submission set lease_end = ?, attempts = greatest(attempts - 1, 0)
            where audit_id = any (?::uuid[])
            """)
        .params(Timestamp.from(now), ids(inWork))
        .update();
  }

  @Override
  public List<Due> takeOver(Instant now, Instant leaseEnd, int atMost, Set<AuditId> inWork) {
    return jdbc.sql(
            """
            update slow_submission set attempts = attempts + 1, lease_end = ?
            where audit_id in (
              select audit_id from slow_submission
              where lease_end <= ? and audit_id <> all (?::uuid[])
              order by lease_end limit ? for update skip locked)
            returning event, attempts
            """)
        .params(Timestamp.from(leaseEnd), Timestamp.from(now), ids(inWork), atMost)
        .query(this::due)
        .list();
  }

  private static String[] ids(Set<AuditId> audits) {
    return audits.stream().map(AuditId::toString).toArray(String[]::new);
  }

  private Due due(ResultSet row, int number) throws SQLException {
    return new Due(
        json.readValue(row.getString("event"), AuditSubmitted.class), row.getInt("attempts"));
  }
}
