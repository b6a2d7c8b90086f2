package io.imageaudit.notification.delivery;

import io.imageaudit.model.AuditId;
import io.imageaudit.model.AuditJson;
import io.imageaudit.model.AuditRequest;
import io.imageaudit.model.event.AuditNotified;
import java.net.URI;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;
import tools.jackson.databind.json.JsonMapper;

/** Ended deliveries in PostgreSQL. Taking one hides it from the other replicas for a while. */
final class JdbcEndedDeliveries implements EndedDeliveries {

  private static final String TAKE =
      """
      with due as materialized (
        select id from delivery
         where announced_at is null and ended_at is not null and announce_at <= now()
         order by announce_at limit :most for no key update skip locked),
      taken as (
        update delivery d set announce_at = now() + interval '30 seconds'
          from due where d.id = due.id
        returning d.*)
      select t.id, t.url, t.status, t.attempts, t.last_status, t.ended_at, e.audit_id,
             e.verdict_seq, e.request
        from taken t join event e on e.id = t.event_id
       order by t.ended_at
      """;

  private static final String FIND =
      """
      select t.id, t.url, t.status, t.attempts, t.last_status, t.ended_at, e.audit_id,
             e.verdict_seq, e.request
        from delivery t join event e on e.id = t.event_id
       where t.id = any(cast(:ids as uuid[])) and t.ended_at is not null
         and t.announced_at is null
       order by t.ended_at
      """;

  /** Not one that has been sent again meanwhile: its next end is yet to be told. */
  private static final String ANNOUNCED =
      """
      update delivery d set announced_at = now()
        from unnest(cast(:ids as uuid[]), cast(:ends as timestamptz[])) as told(id, ended_at)
       where d.id = told.id and d.ended_at = told.ended_at
      """;

  private final JdbcClient jdbc;
  private final JsonMapper json = AuditJson.mapper();

  JdbcEndedDeliveries(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  @Override
  public List<AuditNotified> take(int most) {
    return jdbc.sql(TAKE).param("most", most).query(this::ended).list();
  }

  @Override
  public List<AuditNotified> find(List<UUID> deliveries) {
    return jdbc.sql(FIND)
        .param("ids", JdbcArrays.texts(deliveries, id -> id))
        .query(this::ended)
        .list();
  }

  private AuditNotified ended(ResultSet row, int index) throws SQLException {
    return new AuditNotified(
        new AuditId(row.getObject("audit_id", UUID.class)),
        json.readValue(row.getString("request"), AuditRequest.class),
        row.getInt("verdict_seq"),
        row.getObject("id", UUID.class),
        URI.create(row.getString("url")),
        row.getString("status").equals("DELIVERED")
            ? AuditNotified.Outcome.DELIVERED
            : AuditNotified.Outcome.GIVEN_UP,
        row.getInt("attempts"),
        row.getObject("last_status", Integer.class),
        row.getTimestamp("ended_at").toInstant());
  }

  @Override
  public void announced(List<AuditNotified> ended) {
    jdbc.sql(ANNOUNCED)
        .param("ids", JdbcArrays.texts(ended, AuditNotified::deliveryId))
        .param("ends", JdbcArrays.texts(ended, AuditNotified::notifiedAt))
        .update();
  }
}
