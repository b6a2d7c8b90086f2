package io.imageaudit.local.part;

import io.imageaudit.local.layout.Secrets;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Objects;
import java.util.Properties;

/**
 * The database with a role and a schema per service. Done again, it changes nothing but the
 * passwords, which become those of the secrets.
 */
final class JdbcProvisioning {

  static final String DATABASE = "image_audit";

  private static final List<String> ROLES = List.of("gateway", "intake", "audit", "notification");
  private static final String SCRIPT = "/postgres/services.sql";

  private final int port;
  private final Secrets secrets;

  JdbcProvisioning(int port, Secrets secrets) {
    this.port = port;
    this.secrets = secrets;
  }

  /** Does it; false when the server does not answer yet. */
  boolean complete() {
    try {
      createDatabase();
      createSchemas();
      return true;
    } catch (SQLException _) {
      return false;
    }
  }

  private void createDatabase() throws SQLException {
    try (Connection connection = connect("postgres");
        Statement statement = connection.createStatement()) {
      if (isEmpty(statement, "select 1 from pg_database where datname = '" + DATABASE + "'")) {
        statement.execute("create database " + DATABASE);
      }
    }
  }

  private void createSchemas() throws SQLException {
    try (Connection connection = connect(DATABASE);
        Statement statement = connection.createStatement()) {
      connection.setAutoCommit(false);
      if (isEmpty(statement, "select 1 from pg_roles where rolname = 'notification'")) {
        statement.execute(script());
      }
      for (String role : ROLES) {
        statement.execute("alter role %s password '%s'".formatted(role, secrets.passwordOf(role)));
      }
      connection.commit();
    }
  }

  private static boolean isEmpty(Statement statement, String query) throws SQLException {
    try (ResultSet rows = statement.executeQuery(query)) {
      return !rows.next();
    }
  }

  private Connection connect(String database) throws SQLException {
    Properties properties = new Properties();
    properties.setProperty("user", "postgres");
    properties.setProperty("password", secrets.databasePassword());
    properties.setProperty("connectTimeout", "2");
    properties.setProperty("socketTimeout", "10");
    return DriverManager.getConnection(
        "jdbc:postgresql://127.0.0.1:" + port + "/" + database, properties);
  }

  private static String script() {
    try (InputStream file =
        Objects.requireNonNull(JdbcProvisioning.class.getResourceAsStream(SCRIPT))) {
      return new String(file.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
