package io.imageaudit.worker.record;

import io.imageaudit.model.AuditId;
import io.imageaudit.model.AuditJson;
import io.imageaudit.model.event.AuditIngested;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.springframework.jdbc.core.simple.JdbcClient;
import tools.jackson.databind.json.JsonMapper;

/** Unfinished audits in PostgreSQL: a queue whose rows are leased. */
final class JdbcUnfinishedAudits implements UnfinishedAudits {

  private final JdbcClient jdbc;
  private final JsonMapper json = AuditJson.mapper();

  JdbcUnfinishedAudits(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  @Override
  public List<UnfinishedAudit> take(int most, Duration lease, Set<String> away) {
    return jdbc.sql(
            """
            update unfinished_audit set due_at = now() + :lease * interval '1 millisecond'
            where audit_id in (
              select audit_id from unfinished_audit where due_at <= now()
                and (missing = '{}' or not missing <@ :away::text[])
              order by due_at limit :most for update skip locked)
            returning event, missing, tries
            """)
        .param("lease", lease.toMillis())
        .param("most", most)
        .param("away", away.toArray(String[]::new))
        .query((row, _) ->
            new UnfinishedAudit(
                json.readValue(row.getString(1), AuditIngested.class),
                Set.of((String[]) row.getArray(2).getArray()),
                row.getInt(3)))
        .list();
  }

  @Override
  public void putOff(AuditId audit, Duration pause, Set<String> missing) {
    jdbc.sql(
            """
            update unfinished_audit set due_at = now() + :pause * interval '1 millisecond',
              missing = :missing, tries = tries + 1
            where audit_id = :audit
            """)
        .param("pause", pause.toMillis())
        .param("missing", missing.toArray(String[]::new))
        .param("audit", audit.value())
        .update();
    jdbc.sql("delete from unfinished_audit where audit_id = :audit and due_at > give_up_at")
        .param("audit", audit.value())
        .update();
  }

  @Override
  public void remove(AuditId audit) {
    jdbc.sql("delete from unfinished_audit where audit_id = :audit")
        .param("audit", audit.value())
        .update();
  }
}
