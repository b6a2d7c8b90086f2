package io.imageaudit.benchmark.worker.plain;

import io.imageaudit.model.AuditJson;
import io.imageaudit.model.event.AuditConcluded;
import org.springframework.jdbc.core.simple.JdbcClient;

/** One row per statement. */
final class JdbcPlainRecords {

  private final JdbcClient jdbc;

  JdbcPlainRecords(JdbcClient jdbc) {
    this.jdbc = jdbc;
    jdbc.sql("create schema if not exists audit").update();
    jdbc.sql(
            """
            create table if not exists audit.audit_record (audit_id uuid, verdict_seq int,
              tenant text, status text, verdict text, degraded boolean, strategy text,
              trace_id text, concluded_at timestamptz, concluded json,
              primary key (audit_id, verdict_seq))
            """)
        .update();
  }

  void add(AuditConcluded said) {
    jdbc.sql(
            """
            insert into audit.audit_record (audit_id, verdict_seq, tenant, status, verdict,
              degraded, strategy, trace_id, concluded_at, concluded)
            values (:audit, 1, :tenant, 'COMPLETED', :verdict, false, 'default', :trace, now(),
              :said::json)
            """)
        .param("audit", said.auditId().value())
        .param("tenant", said.request().tenant().value())
        .param("verdict", String.valueOf(said.verdict()))
        .param("trace", said.request().traceId())
        .param("said", AuditJson.mapper().writeValueAsString(said))
        .update();
  }
}
