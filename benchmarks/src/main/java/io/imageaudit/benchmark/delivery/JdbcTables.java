package io.imageaudit.benchmark.delivery;

import io.imageaudit.test.RealPostgres;
import java.io.IOException;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;

/** The tables of the notification service, looked at and altered from outside. */
final class JdbcTables {

  private static final String DEAD = "00000000-0000-0000-0000-00000000dead";
  private static final String EVENT = "00000000-0000-0000-0000-0000000e7e27";

  private static final String PLAN_DEAD =
      """
      insert into endpoint (id, tenant, url, created_at, updated_at)
      values ('%1$s', 'tenant-0', '%2$s', now(), now());
      insert into event (id, audit_id, verdict_seq, tenant, type, occurred_at, trace_id, request,
                         body)
      values ('%3$s', '%3$s', 1, 'tenant-0', 'image.audit.concluded', now(), repeat('a', 32), '{}',
              '{}');
      insert into delivery (id, event_id, endpoint_id, tenant, url, created_at)
      select gen_random_uuid(), '%3$s', '%1$s', 'tenant-0', '%2$s?' || n, now()
        from generate_series(1, %4$d) n;
      insert into task (delivery_id, endpoint_id, audit_id, verdict_seq, next_attempt_at)
      select id, '%1$s', gen_random_uuid(), 1, now() from delivery where endpoint_id = '%1$s';
      analyze task;
      insert into lane (endpoint_id, tenant, next_due_at) values ('%1$s', 'tenant-0', now());
      """;

  private static final String FORGET_DEAD =
      """
      delete from lane where endpoint_id = '%1$s';
      delete from task where endpoint_id = '%1$s';
      """;

  private static final String LEFT =
      """
      select (select count(*) from task)
             + (select count(*) from delivery where announced_at is null and ended_at is not null)
      """;

  private final RealPostgres.Database database;

  JdbcTables(RealPostgres.Database database) {
    this.database = database;
  }

  Connection connection() throws SQLException {
    Connection connection =
        DriverManager.getConnection(database.url(), database.user(), database.password());
    connection.setSchema("notification");
    return connection;
  }

  /** Plans many deliveries, all due now, to one receiver that refuses connections. */
  void planDead(int deliveries) throws SQLException, IOException {
    String url = "http://127.0.0.1:" + Delivering.freePort() + "/dead";
    run(PLAN_DEAD.formatted(DEAD, url, EVENT, deliveries));
  }

  /** Takes these deliveries back. */
  void forgetDead() throws SQLException {
    run(FORGET_DEAD.formatted(DEAD));
  }

  /** Lets nothing be tried again. */
  void forgetTasks() throws SQLException {
    run("delete from task");
  }

  /** How many deliveries have not come to their end, or whose end was not told. */
  long left() {
    try {
      return Long.parseLong(read(LEFT));
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  /** The body of some message. */
  String body() throws SQLException {
    return read("select convert_from(body, 'UTF8') from event limit 1");
  }

  private String read(String query) throws SQLException {
    try (Connection connection = connection();
        Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery(query)) {
      rows.next();
      return rows.getString(1);
    }
  }

  private void run(String statements) throws SQLException {
    try (Connection connection = connection();
        Statement statement = connection.createStatement()) {
      statement.execute(statements);
    }
  }
}
