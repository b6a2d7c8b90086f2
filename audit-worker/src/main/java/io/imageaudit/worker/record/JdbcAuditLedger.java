package io.imageaudit.worker.record;

import io.imageaudit.model.AuditId;
import io.imageaudit.model.AuditJson;
import io.imageaudit.model.event.AuditConcluded;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionOperations;
import tools.jackson.databind.json.JsonMapper;

/** Audit records in PostgreSQL. */
final class JdbcAuditLedger implements AuditLedger {

  /**
   * In the order of the key, so that two workers never wait for each other; of two alike the first
   * one is added.
   */
  private static final String INSERT =
      """
      insert into audit_record (audit_id, verdict_seq, tenant, status, verdict, degraded,
        strategy, policy_version, sha256, trace_id, concluded_at, concluded, reuse_key)
      select audit::uuid, seq::int, tenant, status, verdict, degraded::boolean,
        strategy, version, sha256, trace, concluded_at::timestamptz, concluded::json, reuse
      from unnest(:audit, :seq, :tenant, :status, :verdict, :degraded, :strategy, :version, :sha256,
        :trace, :at, :concluded, :reuse) with ordinality as entry (audit, seq, tenant, status,
        verdict, degraded, strategy, version, sha256, trace, concluded_at, concluded, reuse, place)
      order by audit::uuid, seq::int, place
      on conflict (audit_id, verdict_seq) do nothing
      returning audit_id, verdict_seq
      """;

  private static final String NOTE =
      """
      insert into unfinished_audit (audit_id, event, due_at, give_up_at, missing)
      select audit::uuid, event::json, now(), now() + :within * interval '1 millisecond',
        string_to_array(missing, E'\\n')
      from unnest(:audit, :event, :missing) as entry (audit, event, missing)
      order by audit::uuid
      on conflict (audit_id) do nothing
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
  public List<AuditConcluded> recordAll(List<AuditRecord> entries) {
    Set<Key> added =
        Objects.requireNonNull(
            transaction.execute(_ -> {
              Set<Key> inserted = insert(entries);
              note(entries.stream().filter(entry -> inserted.contains(Key.of(entry))).toList());
              return inserted;
            }));
    List<AuditConcluded> stored = new ArrayList<>();
    for (AuditRecord entry : entries) {
      // The first of two alike in one call is the one that was added.
      stored.add(added.remove(Key.of(entry)) ? entry.concluded() : storedInstead(entry));
    }
    return stored;
  }

  private AuditConcluded storedInstead(AuditRecord entry) {
    return find(entry.concluded().auditId(), entry.concluded().verdictSeq()).orElseThrow();
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

  @Override
  public Optional<AuditConcluded> latest(AuditId audit) {
    return jdbc.sql(
            """
            select concluded from audit_record where audit_id = :audit
            order by verdict_seq desc limit 1
            """)
        .param("audit", audit.value())
        .query((row, _) -> read(row.getString(1)))
        .optional();
  }

  private Set<Key> insert(List<AuditRecord> entries) {
    return new HashSet<>(
        jdbc.sql(INSERT)
            .param("audit", texts(entries, said -> said.auditId().toString()))
            .param("seq", texts(entries, said -> Integer.toString(said.verdictSeq())))
            .param("tenant", texts(entries, said -> said.request().tenant().value()))
            .param("status", texts(entries, said -> said.status().name()))
            .param("verdict", texts(entries, said -> name(said.verdict())))
            .param("degraded", texts(entries, said -> Boolean.toString(said.degraded())))
            .param("strategy", texts(entries, said -> said.request().strategy()))
            .param("version", texts(entries, JdbcAuditLedger::policyVersion))
            .param("sha256", texts(entries, JdbcAuditLedger::digest))
            .param("trace", texts(entries, said -> said.request().traceId()))
            .param("at", texts(entries, said -> said.concludedAt().toString()))
            .param("concluded", texts(entries, json::writeValueAsString))
            .param("reuse", entries.stream().map(AuditRecord::reuseKey).toArray(String[]::new))
            .query((row, _) -> new Key(row.getObject(1, UUID.class), row.getInt(2)))
            .list());
  }

  private void note(List<AuditRecord> added) {
    List<AuditRecord> unfinished =
        added.stream().filter(entry -> entry.unfinished() != null).toList();
    if (!unfinished.isEmpty()) {
      jdbc.sql(NOTE)
          .param("audit", texts(unfinished, said -> said.auditId().toString()))
          .param(
              "event",
              unfinished.stream()
                  .map(entry -> json.writeValueAsString(entry.unfinished()))
                  .toArray(String[]::new))
          .param("missing", texts(unfinished, said -> String.join("\n", said.missingChecks())))
          .param("within", finishWithin.toMillis())
          .update();
    }
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

  private static @Nullable String policyVersion(AuditConcluded said) {
    return said.policy() == null ? null : said.policy().version();
  }

  private static @Nullable String digest(AuditConcluded said) {
    return said.image() == null ? null : said.image().sha256().hex();
  }

  private static String[] texts(
      List<AuditRecord> entries, Function<AuditConcluded, @Nullable String> column) {
    return entries.stream().map(AuditRecord::concluded).map(column).toArray(String[]::new);
  }

  /** The primary key. */
  private record Key(UUID audit, int seq) {
    static Key of(AuditRecord entry) {
      return new Key(entry.concluded().auditId().value(), entry.concluded().verdictSeq());
    }
  }
}
