package io.imageaudit.benchmark.intake;

import io.imageaudit.test.RealPostgres;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;

/** Counts in intake's own table what has been ingested. */
final class JdbcIngestions implements AutoCloseable {

  private static final String COUNT =
      """
      select count(*) from intake.ingestion
      where outcome = 'ingested' and event #>> '{request,reference}' = ?
      """;

  private final Connection connection;

  JdbcIngestions(RealPostgres.Database database) throws SQLException {
    this.connection =
        DriverManager.getConnection(database.url(), database.user(), database.password());
  }

  /** Images of this reference. */
  int of(String reference) {
    try (PreparedStatement statement = connection.prepareStatement(COUNT)) {
      statement.setString(1, reference);
      try (ResultSet rows = statement.executeQuery()) {
        rows.next();
        return rows.getInt(1);
      }
    } catch (SQLException e) {
      throw new IllegalStateException("ingested images cannot be counted", e);
    }
  }

  @Override
  public void close() throws SQLException {
    connection.close();
  }
}
