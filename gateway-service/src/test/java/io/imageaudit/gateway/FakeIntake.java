package io.imageaudit.gateway;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.imageaudit.model.ContentDigest;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.concurrent.Executors;

/** Intake's upload door, as the contract describes it: digests what it is sent, keeps nothing. */
final class FakeIntake {

  static final String TOKEN = "an-internal-token-for-tests-alone-0123456789";

  private final HttpServer server;
  private volatile int status = 201;

  FakeIntake() {
    try {
      server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
    server.createContext("/internal/v1/tenants/", this::store);
    server.start();
  }

  String url() {
    return "http://127.0.0.1:" + server.getAddress().getPort();
  }

  /** What the next uploads are answered; 201 is the usual. */
  void answerWith(int status) {
    this.status = status;
  }

  private void store(HttpExchange exchange) throws IOException {
    try (exchange) {
      MessageDigest sha256 = ContentDigest.sha256();
      long bytes = 0;
      byte[] buffer = new byte[8192];
      for (int count; (count = exchange.getRequestBody().read(buffer)) >= 0; bytes += count) {
        sha256.update(buffer, 0, count);
      }
      boolean known =
          ("Bearer " + TOKEN).equals(exchange.getRequestHeaders().getFirst("Authorization"));
      String answer =
          """
          {"success": true, "code": "STORED", "message": "", "errors": [],
           "data": {"sha256": "%s", "bytes": %d}}
          """
              .formatted(ContentDigest.of(sha256), bytes);
      byte[] body = answer.getBytes(StandardCharsets.UTF_8);
      exchange.sendResponseHeaders(known ? status : 401, body.length);
      exchange.getResponseBody().write(body);
    }
  }
}
