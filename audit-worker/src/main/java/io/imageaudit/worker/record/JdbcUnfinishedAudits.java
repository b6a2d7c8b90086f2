package io.imageaudit.worker.record;

import io.imageaudit.model.AuditId;
import io.imageaudit.model.AuditJson;
import io.imageaudit.model.event.AuditIngested;
import java.time.Duration;
import java.util.List;
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
  public List<AuditIngested> take(int most, Duration lease) {
    return jdbc.sql(
            """
            update unfinished_audit set due_at = now() + :lease * interval '1 millisecond'
            where audit_id in (
              select audit_id from unfinished_audit where due_at <= now()
              order by due_at limit :most for update skip locked)
            returning event
            """)
        .param("lease", lease.toMillis())
        .param("most", most)
        .query((row, _) -> json.readValue(row.getString(1), AuditIngested.class))
        .list();
  }

  @Override
  public void putOff(AuditId audit, Duration pause) {
    jdbc.sql(
            """
            update unfinished_audit set due_at = now() + :pause * interval '1 millisecond'
            where audit_id = :audit
            """)
        .param("pause", pause.toMillis())
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
