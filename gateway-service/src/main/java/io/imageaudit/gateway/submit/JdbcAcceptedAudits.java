package io.imageaudit.gateway.submit;

import io.imageaudit.model.AuditId;
import io.imageaudit.model.AuditJson;
import io.imageaudit.model.AuditStatus;
import io.imageaudit.model.ContentDigest;
import io.imageaudit.model.event.AuditSubmitted;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;
import java.util.function.IntFunction;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import tools.jackson.databind.json.JsonMapper;

/** Accepted audits in PostgreSQL: any number of them in one statement, which is one commit. */
final class JdbcAcceptedAudits implements AcceptedAudits {

  /**
   * Claims the keys and writes the rows whose key could be claimed. A key that has expired is taken
   * over. Keys are claimed in order, so that two such statements cannot wait for each other.
   */
  private static final String RECORD =
      """
      with offered as (
        select * from unnest(?::uuid[], ?::text[], ?::text[], ?::text[], ?::timestamptz[],
                             ?::timestamptz[], ?::text[], ?::text[])
          as o(audit_id, tenant, reference, submitted, created_at, deadline, key, content)),
      claimed as (
        insert into idempotency_key as k (tenant, key, content, audit_id, expires_at)
        select tenant, key, content, audit_id, created_at + ?::interval
          from offered where key is not null order by tenant, key
        on conflict (tenant, key) do update
          set content = excluded.content, audit_id = excluded.audit_id,
              expires_at = excluded.expires_at
          where k.expires_at <= excluded.expires_at - ?::interval
        returning audit_id)
      insert into audit (audit_id, tenant, reference, status, submitted, created_at, deadline,
                         announce_after)
      select audit_id, tenant, reference, 'QUEUED', submitted, created_at, deadline,
             created_at + ?::interval
        from offered
       where key is null or audit_id in (select audit_id from claimed)
      returning audit_id
      """;

  private static final String EARLIER =
      """
      select k.content, a.submitted, a.status
        from idempotency_key k join audit a on a.audit_id = k.audit_id
       where k.tenant = ? and k.key = ?
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
        .param(column(all, UUID[]::new, a -> a.event().auditId().value()))
        .param(column(all, String[]::new, a -> a.event().request().tenant().value()))
        .param(column(all, String[]::new, a -> a.event().request().reference()))
        .param(column(all, String[]::new, a -> json.writeValueAsString(a.event())))
        .param(column(all, String[]::new, a -> text(a.event().request().submittedAt())))
        .param(column(all, String[]::new, a -> text(a.event().request().deadline())))
        .param(column(all, String[]::new, a -> a.repeat() == null ? null : a.repeat().key()))
        .param(
            column(all, String[]::new, a -> a.repeat() == null ? null : a.repeat().content().hex()))
        .param(keyLifetime)
        .param(keyLifetime)
        .param(patience)
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
        .param(acceptance.event().request().tenant().value())
        .param(repeat.key())
        .query(this::read)
        .single();
  }

  private Recorded read(ResultSet row, int number) throws SQLException {
    return new Recorded.Earlier(
        new ContentDigest(row.getString("content")),
        json.readValue(row.getString("submitted"), AuditSubmitted.class),
        AuditStatus.valueOf(row.getString("status")));
  }

  @Override
  public Set<AuditId> withdraw(Collection<AuditId> audits) {
    return database
        .sql(WITHDRAW)
        .param(audits.stream().map(AuditId::value).toArray(UUID[]::new))
        .query((row, _) -> new AuditId(row.getObject("audit_id", UUID.class)))
        .set();
  }

  private static <T> @Nullable T[] column(
      List<Acceptance> all,
      IntFunction<@Nullable T[]> array,
      Function<Acceptance, @Nullable T> value) {
    return all.stream().map(value).toArray(array);
  }

  private static String text(Instant time) {
    return time.toString();
  }
}
