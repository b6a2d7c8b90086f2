package io.imageaudit.benchmark.delivery;

import io.imageaudit.benchmark.Bench;
import io.imageaudit.benchmark.Servers;
import io.imageaudit.test.RealPostgres;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.function.IntConsumer;

/** A running notification service, its broker and its database. */
final class Delivering {

  private final Servers servers;
  private final JdbcTables tables;
  private final EndedAudits audits;

  private Delivering(Servers servers, JdbcTables tables, EndedAudits audits) {
    this.servers = servers;
    this.tables = tables;
    this.audits = audits;
  }

  /** Starts one, with the settings that it has by itself. */
  static Delivering start(Bench bench) throws Exception {
    Servers servers = bench.servers();
    RealPostgres.Database database = servers.newDatabase();
    Map<String, Object> settings = servers.settings(database);
    settings.put("server.port", freePort());
    settings.put("image-audit.internal.token", "0123456789abcdef0123456789abcdef");
    settings.put(
        "image-audit.webhooks.encryption-key", "AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8=");
    settings.put("image-audit.outbound.allow-loopback", true);
    settings.put("image-audit.outbound.denied-ports", "");
    settings.put("logging.level.io.imageaudit.notification.delivery", "ERROR");
    bench.program("notification-service", List.of("-Xmx768m"), settings);
    EndedAudits audits = bench.keep(new EndedAudits(servers.kafka()));
    return new Delivering(servers, new JdbcTables(database), audits);
  }

  static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }

  String kafka() {
    return servers.kafka();
  }

  EndedAudits audits() {
    return audits;
  }

  /** What it has stored. */
  JdbcTables tables() {
    return tables;
  }

  /**
   * Waits, without using the processors much.
   *
   * @throws TimeoutException when it does not come true within 2 minutes
   */
  static void await(BooleanSupplier condition) throws TimeoutException {
    long end = System.nanoTime() + 120_000_000_000L;
    while (!condition.getAsBoolean()) {
      if (System.nanoTime() > end) {
        throw new TimeoutException("what is waited for does not come");
      }
      LockSupport.parkNanos(2_000_000);
    }
  }

  /** Ends audits at a steady rate, whatever becomes of them. */
  static void steadily(int count, double perSecond, IntConsumer end) {
    long start = System.nanoTime();
    for (int i = 0; i < count; i++) {
      long due = start + (long) (i * 1e9 / perSecond);
      for (long left = due - System.nanoTime(); left > 0; left = due - System.nanoTime()) {
        LockSupport.parkNanos(left);
      }
      end.accept(i);
    }
  }
}
