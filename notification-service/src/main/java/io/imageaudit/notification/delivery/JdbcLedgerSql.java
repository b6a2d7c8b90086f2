package io.imageaudit.notification.delivery;

import java.util.StringJoiner;
import org.jspecify.annotations.Nullable;

/** The statements that show deliveries. */
final class JdbcLedgerSql {

  private JdbcLedgerSql() {}

  private static final String SELECT =
      """
      select d.*, e.audit_id, e.verdict_seq, e.type, t.next_attempt_at
        from delivery d join event e on e.id = d.event_id left join task t on t.delivery_id = d.id
      """;

  static final String FIND = SELECT + " where d.tenant = :tenant and d.id = :id";

  static final String ATTEMPTS =
      "select * from attempt where delivery_id = ? order by started_at, number limit 200";

  /** What is under way is few among many that have ended: it is found by its tasks. */
  private static final String PENDING =
      """
      d.status = 'PENDING' and d.id in (
        select w.delivery_id from endpoint p join task w on w.endpoint_id = p.id
         where p.tenant = :tenant)
      """;

  /** Says only what is asked for, so that an index that fits is seen to fit. */
  static String list(DeliveryQuery query) {
    StringJoiner where = new StringJoiner(" and ", " where ", "\n");
    where.add("d.tenant = :tenant");
    add(where, query.auditId(), "e.audit_id = cast(:audit as uuid)");
    add(where, query.endpointId(), "d.endpoint_id = cast(:endpoint as uuid)");
    add(where, query.status(), status(query.status()));
    add(where, query.httpStatus(), "d.last_status = :http_status");
    add(where, query.fault(), "d.last_fault = :fault");
    add(where, query.from(), "d.created_at >= cast(:from as timestamptz)");
    add(where, query.to(), "d.created_at < cast(:to as timestamptz)");
    add(
        where,
        query.cursor(),
        "(d.created_at, d.id) < (cast(:after_at as timestamptz), cast(:after_id as uuid))");
    return SELECT + where + " order by d.created_at desc, d.id desc limit :limit";
  }

  private static void add(StringJoiner where, @Nullable Object asked, String condition) {
    if (asked != null) {
      where.add(condition);
    }
  }

  private static String status(@Nullable DeliveryStatus status) {
    return status == DeliveryStatus.PENDING ? PENDING : "d.status = '" + status + "'";
  }
}
