package io.imageaudit.notification.delivery;

import io.imageaudit.model.AuditJson;
import io.imageaudit.model.TenantId;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;
import tools.jackson.databind.json.JsonMapper;

/** The events in PostgreSQL, ordered by writing transaction: numbers alone may commit late. */
final class JdbcEventLog implements EventLog {

  private static final String AFTER =
      """
      select id, cast(cast(written_by as text) as bigint) as writer, position, body
        from event
       where tenant = :tenant
         and (written_by, position) > (cast(:writer as xid8), :position)
         and written_by < pg_snapshot_xmin(pg_current_snapshot())
       order by written_by, position limit :limit
      """;

  private final JdbcClient jdbc;
  private final JsonMapper json = AuditJson.mapper();

  JdbcEventLog(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  @Override
  public List<Entry> after(TenantId tenant, Place place, int limit) {
    return jdbc.sql(AFTER)
        .param("tenant", tenant.value())
        .param("writer", Long.toString(place.writer()))
        .param("position", place.position())
        .param("limit", limit)
        .query(this::entry)
        .list();
  }

  private Entry entry(ResultSet row, int index) throws SQLException {
    Place place = new Place(row.getLong("writer"), row.getLong("position"));
    return new Entry(
        Claim.messageId(row.getObject("id", UUID.class)),
        place.toString(),
        json.readTree(row.getBytes("body")));
  }
}
