package io.imageaudit.notification.delivery;

import io.imageaudit.model.TenantId;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionTemplate;

/** Deliveries in PostgreSQL, by key and in pages. */
final class JdbcDeliveryLedger implements DeliveryLedger {

  private static final String SELECT =
      """
      select d.*, e.audit_id, e.verdict_seq, e.type, t.next_attempt_at
        from delivery d join event e on e.id = d.event_id left join task t on t.delivery_id = d.id
      """;

  private static final String LIST =
      SELECT
          + """
           where d.tenant = :tenant
             and (cast(:audit as uuid) is null or e.audit_id = cast(:audit as uuid))
             and (cast(:endpoint as uuid) is null or d.endpoint_id = cast(:endpoint as uuid))
             and (cast(:status as text) is null or d.status = cast(:status as text))
             and (cast(:http_status as int) is null or d.last_status = cast(:http_status as int))
             and (cast(:fault as text) is null or d.last_fault = cast(:fault as text))
             and d.created_at >= coalesce(cast(:from as timestamptz), '-infinity')
             and d.created_at < coalesce(cast(:to as timestamptz), 'infinity')
             and (cast(:after_at as timestamptz) is null
                  or (d.created_at, d.id) < (cast(:after_at as timestamptz), cast(:after_id as uuid)))
           order by d.created_at desc, d.id desc limit :limit
          """;

  private static final String FIND = SELECT + " where d.tenant = :tenant and d.id = :id";

  private static final String ATTEMPTS =
      "select * from attempt where delivery_id = ? order by started_at, number limit 200";

  private final JdbcClient jdbc;
  private final TransactionTemplate transaction;

  JdbcDeliveryLedger(JdbcClient jdbc, TransactionTemplate transaction) {
    this.jdbc = jdbc;
    this.transaction = transaction;
  }

  @Override
  public List<DeliveryView> list(DeliveryQuery query) {
    DeliveryCursor cursor = query.cursor();
    return jdbc.sql(LIST)
        .param("tenant", query.tenant().value())
        .param("audit", text(query.auditId()))
        .param("endpoint", text(query.endpointId()))
        .param("status", text(query.status()))
        .param("http_status", text(query.httpStatus()))
        .param("fault", query.fault())
        .param("from", text(query.from()))
        .param("to", text(query.to()))
        .param("after_at", cursor == null ? null : cursor.createdAt().toString())
        .param("after_id", cursor == null ? null : cursor.id().toString())
        .param("limit", query.limit())
        .query(JdbcDeliveryLedger::view)
        .list();
  }

  @Override
  public Optional<DeliveryView> find(TenantId tenant, UUID delivery) {
    return jdbc.sql(FIND)
        .param("tenant", tenant.value())
        .param("id", delivery)
        .query(JdbcDeliveryLedger::view)
        .optional();
  }

  @Override
  public List<AttemptView> attempts(UUID delivery) {
    return jdbc.sql(ATTEMPTS).param(delivery).query(JdbcDeliveryLedger::attempt).list();
  }

  @Override
  public Resend resend(TenantId tenant, UUID delivery) {
    return Objects.requireNonNull(transaction.execute(_ -> resendWithin(tenant, delivery)));
  }

  private Resend resendWithin(TenantId tenant, UUID delivery) {
    String[] ids = {delivery.toString()};
    jdbc.sql(JdbcReplaySql.LOCK_TASKS).param("ids", ids).query().listOfRows();
    Optional<String> obstacle =
        jdbc.sql(JdbcReplaySql.OBSTACLE)
            .param("tenant", tenant.value())
            .param("id", delivery)
            .query(String.class)
            .optional();
    if (obstacle.isEmpty()) {
      return Resend.UNKNOWN;
    }
    Resend answer = Resend.valueOf(obstacle.get());
    if (answer == Resend.QUEUED) {
      jdbc.sql(JdbcReplaySql.REQUEUE).param("ids", ids).update();
      jdbc.sql(JdbcReplaySql.WAKE).param("ids", ids).update();
    }
    return answer;
  }

  private static DeliveryView view(ResultSet row, int index) throws SQLException {
    return new DeliveryView(
        row.getObject("id", UUID.class),
        Claim.messageId(row.getObject("event_id", UUID.class)),
        row.getObject("audit_id", UUID.class),
        row.getInt("verdict_seq"),
        row.getString("type"),
        row.getObject("endpoint_id", UUID.class),
        row.getString("url"),
        row.getString("status"),
        row.getInt("attempts"),
        row.getObject("last_status", Integer.class),
        row.getString("last_fault"),
        row.getTimestamp("created_at").toInstant(),
        instant(row, "ended_at"),
        instant(row, "next_attempt_at"));
  }

  private static AttemptView attempt(ResultSet row, int index) throws SQLException {
    return new AttemptView(
        row.getInt("number"),
        row.getTimestamp("started_at").toInstant(),
        row.getInt("millis"),
        row.getString("address"),
        row.getObject("status", Integer.class),
        row.getString("fault"),
        row.getString("detail"),
        row.getString("excerpt"));
  }

  private static @Nullable Instant instant(ResultSet row, String column) throws SQLException {
    Timestamp time = row.getTimestamp(column);
    return time == null ? null : time.toInstant();
  }

  private static @Nullable String text(@Nullable Object value) {
    return value == null ? null : value.toString();
  }
}
