package io.imageaudit.test;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.concurrent.atomic.AtomicInteger;
import org.testcontainers.DockerClientFactory;
import org.testcontainers.postgresql.PostgreSQLContainer;

/** One real PostgreSQL server per JVM, started when first asked for. */
public final class RealPostgres {

  private static final AtomicInteger DATABASES = new AtomicInteger();

  private RealPostgres() {}

  /**
   * A database.
   *
   * @param url JDBC address
   * @param user owner
   * @param password of the owner
   */
  public record Database(String url, String user, String password) {}

  /** A new, empty database of the JVM's server. */
  public static Database newDatabase() {
    Database server = Holder.SERVER;
    String name = "test_" + DATABASES.incrementAndGet();
    try (Connection connection =
            DriverManager.getConnection(server.url(), server.user(), server.password());
        Statement statement = connection.createStatement()) {
      statement.execute("create database " + name);
    } catch (SQLException e) {
      throw new IllegalStateException("database " + name + " cannot be created", e);
    }
    int end = server.url().indexOf('?') < 0 ? server.url().length() : server.url().indexOf('?');
    String base = server.url().substring(0, server.url().lastIndexOf('/', end) + 1);
    return new Database(base + name, server.user(), server.password());
  }

  /** Starts the server when its class is first used: the platform's own lazy, thread-safe once. */
  private static final class Holder {
    static final Database SERVER =
        DockerClientFactory.instance().isDockerAvailable() ? container() : embedded();

    @SuppressWarnings("resource") // Lives as long as the JVM; Testcontainers removes it.
    private static Database container() {
      PostgreSQLContainer container =
          new PostgreSQLContainer("postgres:18-alpine").withCommand("-c", "max_connections=300");
      container.start();
      return new Database(container.getJdbcUrl(), container.getUsername(), container.getPassword());
    }

    @SuppressWarnings("resource") // Lives as long as the JVM; closed by its shutdown hook.
    private static Database embedded() {
      try {
        EmbeddedPostgres server =
            EmbeddedPostgres.builder()
                .setServerConfig("listen_addresses", "127.0.0.1")
                .setServerConfig("max_connections", "300")
                .start();
        return new Database(server.getJdbcUrl("postgres", "postgres"), "postgres", "postgres");
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }
}
