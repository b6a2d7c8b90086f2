package io.imageaudit.gateway.submit;

import io.imageaudit.model.AuditId;
import io.imageaudit.model.AuditJson;
import io.imageaudit.model.AuditStatus;
import io.imageaudit.model.ContentDigest;
import io.imageaudit.model.event.AuditSubmitted;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import tools.jackson.databind.json.JsonMapper;

/** Accepted audits in PostgreSQL: any number of them in one statement, which is one commit. */
final class JdbcAcceptedAudits implements AcceptedAudits {

  /**
   * Claims the keys and writes the rows whose key could be claimed. A key that has expired is taken
   * over, and so is that of an equal request that was refused and whose time has passed. The key of
   * a batch is claimed by it as a whole, before its items are: by another batch none of its items
   * can be written. Keys are claimed in order, so that two such statements cannot wait for each
   * other.
   */
  private static final String RECORD =
      """
      with offered as (
        select o.*, created_at + :lifetime::interval as expires_at
          from unnest(:ids::uuid[], :tenants::text[], :references::text[], :events::text[],
                      :times::timestamptz[], :deadlines::timestamptz[], :keys::text[],
                      :contents::text[], :whole_keys::text[], :whole_contents::text[])
            as o(audit_id, tenant, reference, submitted, created_at, deadline, key, content,
                 whole_key, whole_content)),
      wholes as (
        insert into idempotency_key as k (tenant, key, content, audit_id, expires_at)
        select distinct on (tenant, whole_key) tenant, whole_key, whole_content, audit_id,
               expires_at
          from offered where whole_key is not null order by tenant, whole_key
        on conflict (tenant, key) do update
          set content = excluded.content,
              audit_id = case when k.content = excluded.content then k.audit_id
                              else excluded.audit_id end,
              expires_at = case when k.content = excluded.content then k.expires_at
                                else excluded.expires_at end
          where k.content = excluded.content
             or k.expires_at <= excluded.expires_at - :lifetime::interval
        returning tenant, key),
      claimed as (
        insert into idempotency_key as k (tenant, key, content, audit_id, expires_at)
        select tenant, key, content, audit_id, expires_at
          from offered
         where key is not null
           and (whole_key is null or (tenant, whole_key) in (select tenant, key from wholes))
         order by tenant, key
        on conflict (tenant, key) do update
          set content = excluded.content, audit_id = excluded.audit_id,
              expires_at = excluded.expires_at
          where k.expires_at <= excluded.expires_at - :lifetime::interval
             or k.content = excluded.content and exists (
                select from audit a
                 where a.audit_id = k.audit_id and a.refused
                   and (a.status = 'EXPIRED' or a.status = 'QUEUED'
                        and a.deadline <= excluded.expires_at - :lifetime::interval))
        returning audit_id)
      insert into audit (audit_id, tenant, reference, status, submitted, created_at, deadline,
                         announce_after)
      select audit_id, tenant, reference, 'QUEUED', submitted, created_at, deadline,
             created_at + :patience::interval
        from offered
       where key is null or audit_id in (select audit_id from claimed)
      returning audit_id
      """;

  private static final String EARLIER =
      """
      select k.content, a.submitted, a.status, a.refused
        from idempotency_key k join audit a on a.audit_id = k.audit_id
       where k.tenant = :tenant and k.key = :key
         and (:whole_key::text is null or exists (
              select from idempotency_key w
               where w.tenant = :tenant and w.key = :whole_key and w.content = :whole_content))
      """;

  /** Not those that were announced by the sweep meanwhile. */
  private static final String WITHDRAW =
      """
      delete from audit
       where audit_id = any (?) and status = 'QUEUED' and announcements = 0
      returning audit_id
      """;

  private final JdbcClient database;
  private final String keyLifetime;
  private final String patience;
  private final JsonMapper json = AuditJson.mapper();

  /**
   * Makes the store.
   *
   * @param keyLifetime how long an Idempotency-Key is remembered
   * @param patience how long an audit may stay QUEUED before it is announced again
   */
  JdbcAcceptedAudits(JdbcClient database, Duration keyLifetime, Duration patience) {
    this.database = database;
    this.keyLifetime = keyLifetime.toString();
    this.patience = patience.toString();
  }

  @Override
  public List<Recorded> record(List<Acceptance> acceptances) {
    Set<@Nullable UUID> written = new HashSet<>(insert(acceptances));
    List<Recorded> answers = new ArrayList<>(acceptances.size());
    for (Acceptance acceptance : acceptances) {
      answers.add(
          written.contains(acceptance.event().auditId().value())
              ? new Recorded.New()
              : earlier(acceptance));
    }
    return answers;
  }

  private List<@Nullable UUID> insert(List<Acceptance> all) {
    return database
        .sql(RECORD)
        .params(AcceptanceColumns.of(all, json))
        .param("lifetime", keyLifetime)
        .param("patience", patience)
        .query(UUID.class)
        .list();
  }

  private Recorded earlier(Acceptance acceptance) {
    Acceptance.Repeat repeat = acceptance.repeat();
    if (repeat == null) {
      throw new IllegalStateException("an audit without a key was not written");
    }
    return database
        .sql(EARLIER)
        .param("tenant", acceptance.event().request().tenant().value())
        .param("key", repeat.key())
        .param("whole_key", AcceptanceColumns.key(repeat.whole()))
        .param("whole_content", AcceptanceColumns.content(repeat.whole()))
        .query(this::read)
        .optional()
        .orElseGet(Recorded.Other::new);
  }

  private Recorded read(ResultSet row, int number) throws SQLException {
    return new Recorded.Earlier(
        new ContentDigest(row.getString("content")),
        json.readValue(row.getString("submitted"), AuditSubmitted.class),
        AuditStatus.valueOf(row.getString("status")),
        row.getBoolean("refused"));
  }

  @Override
  public Set<AuditId> withdraw(Collection<AuditId> audits) {
    return database
        .sql(WITHDRAW)
        .param(audits.stream().map(AuditId::value).toArray(UUID[]::new))
        .query((row, _) -> new AuditId(row.getObject("audit_id", UUID.class)))
        .set();
  }

  @Override
  public void note(AuditId auditId, boolean refused) {
    database
        .sql("update audit set refused = ? where audit_id = ? and status = 'QUEUED'")
        .param(refused)
        .param(auditId.value())
        .update();
  }
}
