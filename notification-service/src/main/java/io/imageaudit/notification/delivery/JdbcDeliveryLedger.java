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

  private final JdbcClient jdbc;
  private final TransactionTemplate transaction;

  JdbcDeliveryLedger(JdbcClient jdbc, TransactionTemplate transaction) {
    this.jdbc = jdbc;
    this.transaction = transaction;
  }

  @Override
  public List<DeliveryView> list(DeliveryQuery query) {
    DeliveryCursor cursor = query.cursor();
    return jdbc.sql(JdbcLedgerSql.list(query))
        .param("tenant", query.tenant().value())
        .param("audit", text(query.auditId()))
        .param("endpoint", text(query.endpointId()))
        .param("http_status", query.httpStatus())
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
    return jdbc.sql(JdbcLedgerSql.FIND)
        .param("tenant", tenant.value())
        .param("id", delivery)
        .query(JdbcDeliveryLedger::view)
        .optional();
  }

  @Override
  public List<AttemptView> attempts(UUID delivery) {
    return jdbc.sql(JdbcLedgerSql.ATTEMPTS)
        .param(delivery)
        .query(JdbcDeliveryLedger::attempt)
        .list();
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
