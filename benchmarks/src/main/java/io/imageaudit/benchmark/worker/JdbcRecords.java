package io.imageaudit.benchmark.worker;

import io.imageaudit.test.RealPostgres;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;

/** The audit records of a database, counted over one connection: opening one costs more. */
final class JdbcRecords implements AutoCloseable {

  private final Connection connection;

  JdbcRecords(RealPostgres.Database database) {
    try {
      this.connection =
          DriverManager.getConnection(database.url(), database.user(), database.password());
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  /** How many there are. */
  long count() {
    try (var statement = connection.prepareStatement("select count(*) from audit.audit_record");
        ResultSet rows = statement.executeQuery()) {
      rows.next();
      return rows.getLong(1);
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  @Override
  public void close() {
    try {
      connection.close();
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }
}
