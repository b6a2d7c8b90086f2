package io.imageaudit.notification.delivery;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.postgresql.PGConnection;
import org.springframework.dao.DataAccessResourceFailureException;

/**
 * Hears, by PostgreSQL's LISTEN, that any replica planned deliveries. It keeps one connection. A
 * signal may be lost when the connection breaks: the pump looks by itself, a little later.
 */
final class JdbcDueSignals {

  private static final int PATIENCE_MILLIS = 500;

  private final DataSource dataSource;
  private final Nudge pump;
  private @Nullable Connection connection;

  JdbcDueSignals(DataSource dataSource, Nudge pump) {
    this.dataSource = dataSource;
    this.pump = pump;
  }

  /** Waits for a signal, for a moment. */
  boolean round() {
    try {
      Connection open = connection == null ? listen() : connection;
      var signals = open.unwrap(PGConnection.class).getNotifications(PATIENCE_MILLIS);
      if (signals != null && signals.length > 0) {
        pump.now();
      }
      return true;
    } catch (SQLException e) {
      close();
      throw new DataAccessResourceFailureException("cannot listen for due deliveries", e);
    }
  }

  private Connection listen() throws SQLException {
    Connection open = dataSource.getConnection();
    connection = open;
    open.setAutoCommit(true);
    try (Statement statement = open.createStatement()) {
      statement.execute("listen " + Wakeup.CHANNEL);
    }
    return open;
  }

  /** Gives the connection back; it listens no more. */
  void close() {
    try (Connection open = connection) {
      connection = null;
      if (open != null) {
        try (Statement statement = open.createStatement()) {
          statement.execute("unlisten *");
        }
      }
    } catch (SQLException _) {
      // It is broken already, which ends the listening as well.
    }
  }
}
