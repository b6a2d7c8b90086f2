package io.imageaudit.local.chaos;

import io.imageaudit.local.StackUnderTest;
import io.imageaudit.local.layout.PortName;
import java.io.IOException;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Looks into all four services' tables at once, which nobody else may: what a run has left there
 * that must not be. Audits of a run are those whose reference starts with its name.
 */
final class JdbcAuditor implements AutoCloseable {

  /** By what it would mean, a query for rows that must not exist; its parameter is the run. */
  private static final Map<String, String> WRONG =
      new TreeMap<>(
          Map.of(
              "keys with more or fewer than one audit",
              """
              select reference, count(*) from gateway.audit where reference like ?
               group by reference having count(*) <> 1
              """,
              "keys that name another audit than theirs",
              """
              select key, audit_id from gateway.idempotency_key k where key like ?
                 and not exists (select from gateway.audit a
                                  where a.audit_id = k.audit_id and a.reference = k.key)
              """,
              "audits without a verdict",
              """
              select reference, audit_id, status from gateway.audit
               where reference like ? and status <> 'COMPLETED'
              """,
              "audits whose record says something else, or is missing",
              """
              select a.reference, a.audit_id, a.verdict, r.verdict
                from gateway.audit a left join audit.audit_record r
                     on r.audit_id = a.audit_id and r.verdict_seq = a.verdict_seq
               where a.reference like ? and a.verdict is distinct from r.verdict
              """,
              "records that pass what was not looked at",
              """
              select a.reference, r.audit_id, r.verdict_seq
                from gateway.audit a join audit.audit_record r using (audit_id)
               where a.reference like ? and r.verdict = 'PASS'
                 and (r.degraded or r.concluded -> 'evidence' is null
                      or json_array_length(r.concluded -> 'missing_checks') > 0)
              """,
              "audits that were ingested not at all, or in vain",
              """
              select a.reference, a.audit_id, i.outcome
                from gateway.audit a left join intake.ingestion i using (audit_id)
               where a.reference like ? and i.outcome is distinct from 'ingested'
              """,
              "records that nobody was told of",
              """
              select a.reference, r.audit_id, r.verdict_seq, d.status
                from gateway.audit a join audit.audit_record r using (audit_id)
                     left join notification.event e
                            on e.audit_id = r.audit_id and e.verdict_seq = r.verdict_seq
                     left join notification.delivery d on d.event_id = e.id
               where a.reference like ? and coalesce(d.status, '') not in ('DELIVERED', 'SUPERSEDED')
              """,
              "deliveries that are left to do",
              """
              select a.reference, t.* from notification.task t join gateway.audit a using (audit_id)
               where a.reference like ?
              """,
              "audits that are left to finish",
              """
              select a.reference, u.audit_id from audit.unfinished_audit u
                     join gateway.audit a using (audit_id)
               where a.reference like ?
              """));

  private final Connection connection;

  private JdbcAuditor(Connection connection) {
    this.connection = connection;
  }

  static JdbcAuditor of(StackUnderTest stack) throws SQLException, IOException {
    String url =
        "jdbc:postgresql://127.0.0.1:" + stack.ports().of(PortName.POSTGRES) + "/image_audit";
    return new JdbcAuditor(
        DriverManager.getConnection(url, "postgres", stack.secrets().databasePassword()));
  }

  /** Everything that is wrong with a run; empty when nothing is. */
  Map<String, List<String>> wrong(String run) throws SQLException {
    Map<String, List<String>> wrong = new TreeMap<>();
    for (Map.Entry<String, String> query : WRONG.entrySet()) {
      List<String> rows = rows(query.getValue(), run + "/%");
      if (!rows.isEmpty()) {
        wrong.put(query.getKey(), rows);
      }
    }
    return wrong;
  }

  /** The audits of a run as {@code reference audit_id}. */
  List<String> audits(String run) throws SQLException {
    return rows("select reference, audit_id from gateway.audit where reference like ?", run + "/%");
  }

  /** The records of a run as {@code reference verdict_seq verdict degraded}. */
  List<String> records(String run) throws SQLException {
    return rows(
        """
        select a.reference, r.verdict_seq, r.verdict, r.degraded
          from gateway.audit a join audit.audit_record r using (audit_id)
         where a.reference like ?
        """,
        run + "/%");
  }

  /** Digests of the images that intake has of a tenant. */
  List<String> images(String tenant) throws SQLException {
    return rows("select sha256 from intake.image where tenant = ? and erased_at is null", tenant);
  }

  private List<String> rows(String query, String parameter) throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(query)) {
      statement.setString(1, parameter);
      try (ResultSet rows = statement.executeQuery()) {
        List<String> found = new ArrayList<>();
        while (rows.next()) {
          found.add(row(rows));
        }
        return found;
      }
    }
  }

  private static String row(ResultSet rows) throws SQLException {
    List<String> columns = new ArrayList<>();
    for (int column = 1; column <= rows.getMetaData().getColumnCount(); column++) {
      columns.add(String.valueOf(rows.getString(column)));
    }
    return String.join(" ", columns);
  }

  @Override
  public void close() throws SQLException {
    connection.close();
  }
}
