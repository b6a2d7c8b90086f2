package io.imageaudit.benchmark.worker;

import io.imageaudit.test.RealPostgres;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;

/** The audit records of a database. */
final class JdbcRecords {

  private final RealPostgres.Database database;

  JdbcRecords(RealPostgres.Database database) {
    this.database = database;
  }

  /** How many there are. */
  long count() {
    try (Connection connection =
            DriverManager.getConnection(database.url(), database.user(), database.password());
        Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery("select count(*) from audit.audit_record")) {
      rows.next();
      return rows.getLong(1);
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }
}
