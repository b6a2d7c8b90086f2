package io.imageaudit.worker.record;

import io.imageaudit.model.AuditId;
import io.imageaudit.model.AuditJson;
import io.imageaudit.model.event.AuditConcluded;
import io.imageaudit.model.event.AuditIngested;
import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionOperations;
import tools.jackson.databind.json.JsonMapper;

/** Audit records in PostgreSQL. */
final class JdbcAuditLedger implements AuditLedger {

  private static final String INSERT =
      """
      insert into audit_record (audit_id, verdict_seq, tenant, status, verdict, degraded,
        strategy, policy_version, sha256, trace_id, concluded_at, concluded, reuse_key)
      values (:audit, :seq, :tenant, :status, :verdict, :degraded,
        :strategy, :version, :sha256, :trace, :at, :concluded::json, :reuse)
      on conflict (audit_id, verdict_seq) do nothing
      """;

  private final JdbcClient jdbc;
  private final TransactionOperations transaction;
  private final Duration finishWithin;
  private final JsonMapper json = AuditJson.mapper();

  JdbcAuditLedger(JdbcClient jdbc, TransactionOperations transaction, Duration finishWithin) {
    this.jdbc = jdbc;
    this.transaction = transaction;
    this.finishWithin = finishWithin;
  }

  @Override
  public AuditConcluded record(AuditRecord entry) {
    AuditConcluded concluded = entry.concluded();
    AuditIngested unfinished = entry.unfinished();
    Integer added =
        transaction.execute(_ -> {
          int rows = insert(entry);
          if (rows == 1 && unfinished != null) {
            note(unfinished);
          }
          return rows;
        });
    return Objects.equals(added, 1)
        ? concluded
        : find(concluded.auditId(), concluded.verdictSeq()).orElseThrow();
  }

  @Override
  public Optional<AuditConcluded> find(AuditId audit, int verdictSeq) {
    return jdbc.sql(
            "select concluded from audit_record where audit_id = :audit and verdict_seq = :seq")
        .param("audit", audit.value())
        .param("seq", verdictSeq)
        .query((row, _) -> read(row.getString(1)))
        .optional();
  }

  private int insert(AuditRecord entry) {
    AuditConcluded concluded = entry.concluded();
    return jdbc.sql(INSERT)
        .param("audit", concluded.auditId().value())
        .param("seq", concluded.verdictSeq())
        .param("tenant", concluded.request().tenant().value())
        .param("status", concluded.status().name())
        .param("verdict", name(concluded.verdict()))
        .param("degraded", concluded.degraded())
        .param("strategy", concluded.request().strategy())
        .param("version", concluded.policy() == null ? null : concluded.policy().version())
        .param("sha256", concluded.image() == null ? null : concluded.image().sha256().hex())
        .param("trace", concluded.request().traceId())
        .param("at", concluded.concludedAt().atOffset(java.time.ZoneOffset.UTC))
        .param("concluded", json.writeValueAsString(concluded))
        .param("reuse", entry.reuseKey())
        .update();
  }

  private void note(AuditIngested unfinished) {
    jdbc.sql(
            """
            insert into unfinished_audit (audit_id, event, due_at, give_up_at)
            values (:audit, :event::json, now(), now() + :within * interval '1 millisecond')
            on conflict (audit_id) do nothing
            """)
        .param("audit", unfinished.auditId().value())
        .param("event", json.writeValueAsString(unfinished))
        .param("within", finishWithin.toMillis())
        .update();
  }

  @Override
  public Map<AuditId, AuditConcluded> first(Collection<AuditId> audits) {
    Map<AuditId, AuditConcluded> found = new HashMap<>();
    jdbc.sql(
            """
            select concluded from audit_record
            where audit_id = any(:audits) and verdict_seq = 1
            """)
        .param("audits", audits.stream().map(AuditId::value).toArray(UUID[]::new))
        .query((row, _) -> read(row.getString(1)))
        .list()
        .forEach(concluded -> found.put(concluded.auditId(), concluded));
    return found;
  }

  private AuditConcluded read(String document) {
    return json.readValue(document, AuditConcluded.class);
  }

  private static @Nullable String name(@Nullable Enum<?> constant) {
    return constant == null ? null : constant.name();
  }
}
