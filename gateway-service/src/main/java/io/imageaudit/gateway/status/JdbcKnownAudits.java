package io.imageaudit.gateway.status;

import com.github.f4b6a3.uuid.UuidCreator;
import io.imageaudit.model.AuditId;
import io.imageaudit.model.AuditJson;
import io.imageaudit.model.AuditResult;
import io.imageaudit.model.Evidence;
import io.imageaudit.model.TenantId;
import io.imageaudit.model.event.AuditConcluded;
import io.imageaudit.model.event.AuditIngested;
import io.imageaudit.model.event.AuditNotified;
import io.imageaudit.model.event.AuditSubmitted;
import java.sql.Array;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import tools.jackson.databind.json.JsonMapper;

/** The read model in PostgreSQL. The tenant is part of every question. */
final class JdbcKnownAudits implements KnownAudits {

  private static final Instant LAST = Instant.parse("9999-01-01T00:00:00Z");

  private static final String FIND =
      """
      select submitted, ingested, concluded,
             array(select notified from delivery d
                    where d.audit_id = a.audit_id and d.tenant = a.tenant order by notified_at)
               as deliveries
        from audit a
       where tenant = ? and audit_id = ?
      """;

  private static final String END =
      """
      select concluded, evidence from audit
       where tenant = ? and audit_id = ? and concluded is not null
      """;

  /** Identities sort by the time of acceptance, so the bounds in time are bounds of identity. */
  private static final String SEARCH =
      """
      select submitted, ingested, concluded
        from audit
       where tenant = :tenant
         and (cast(:status as text) is null or status = :status)
         and (cast(:verdict as text) is null or verdict = :verdict)
         and (cast(:category as text) is null or categories @> array[cast(:category as text)])
         and (cast(:reference as text) is null or reference = :reference)
         and audit_id >= :first and audit_id < :end
       order by audit_id desc limit :limit
      """;

  private static final String ENDED =
      """
      select audit_id from audit
       where audit_id = any(?::uuid[]) and status in ('COMPLETED', 'FAILED', 'EXPIRED')
      """;

  private final JdbcClient database;
  private final JsonMapper json = AuditJson.mapper();

  JdbcKnownAudits(JdbcClient database) {
    this.database = database;
  }

  @Override
  public Optional<AuditView> find(TenantId tenant, AuditId auditId) {
    return database
        .sql(FIND)
        .param(tenant.value())
        .param(auditId.value())
        .query(this::view)
        .optional();
  }

  @Override
  public Optional<AuditConcluded> findEnd(TenantId tenant, AuditId auditId) {
    return database
        .sql(END)
        .param(tenant.value())
        .param(auditId.value())
        .query((row, _) -> end(row))
        .optional();
  }

  private AuditConcluded end(ResultSet row) throws SQLException {
    AuditConcluded end = json.readValue(row.getString("concluded"), AuditConcluded.class);
    String evidence = row.getString("evidence");
    return evidence == null ? end : end.resting(json.readValue(evidence, Evidence.class));
  }

  @Override
  public List<AuditResult> search(TenantId tenant, AuditSearch search) {
    return database
        .sql(SEARCH)
        .param("tenant", tenant.value())
        .param("status", search.status() == null ? null : search.status().name())
        .param("verdict", search.verdict() == null ? null : search.verdict().name())
        .param("category", search.category() == null ? null : search.category().code())
        .param("reference", search.reference())
        .param("first", bound(search.from(), Instant.EPOCH))
        .param("end", end(search))
        .param("limit", search.limit())
        .query((row, _) -> result(row))
        .list();
  }

  private static UUID end(AuditSearch search) {
    UUID end = bound(search.to(), LAST);
    AuditId before = search.before();
    return before != null && before.compareTo(new AuditId(end)) < 0 ? before.value() : end;
  }

  /** The least identity of the first whole millisecond at or after the time. */
  private static UUID bound(@Nullable Instant time, Instant otherwise) {
    Instant exact = time == null ? otherwise : time;
    Instant whole = exact.truncatedTo(ChronoUnit.MILLIS);
    return UuidCreator.getTimeOrderedEpochMin(whole.equals(exact) ? whole : whole.plusMillis(1));
  }

  @Override
  public List<AuditId> endedAmong(Collection<AuditId> audits) {
    return database
        .sql(ENDED)
        .param(audits.stream().map(AuditId::value).toArray(UUID[]::new))
        .query((row, _) -> new AuditId(row.getObject(1, UUID.class)))
        .list();
  }

  private AuditView view(ResultSet row, int number) throws SQLException {
    return new AuditView(result(row), deliveries(row.getArray("deliveries")));
  }

  private AuditResult result(ResultSet row) throws SQLException {
    String concluded = row.getString("concluded");
    if (concluded != null) {
      return AuditResult.of(json.readValue(concluded, AuditConcluded.class));
    }
    String ingested = row.getString("ingested");
    return ingested != null
        ? AuditResult.of(json.readValue(ingested, AuditIngested.class))
        : AuditResult.of(json.readValue(row.getString("submitted"), AuditSubmitted.class));
  }

  private List<DeliveryView> deliveries(Array column) throws SQLException {
    return Arrays.stream((String[]) column.getArray())
        .map(event -> DeliveryView.of(json.readValue(event, AuditNotified.class)))
        .toList();
  }
}
