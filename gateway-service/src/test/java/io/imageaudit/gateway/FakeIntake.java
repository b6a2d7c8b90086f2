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
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * The internal doors of intake and notification, as the contracts describe them: the first digests
 * what it is sent and keeps nothing, the second knows one delivery.
 */
final class FakeIntake {

  static final String TOKEN = "an-internal-token-for-tests-alone-0123456789";

  static final String DELIVERY = "0190b0c0-0000-7000-8000-000000000001";

  private final HttpServer server;
  private volatile int status = 201;
  private final AtomicInteger uploads = new AtomicInteger();
  private volatile Gate gate = Gate.opened();
  private final AtomicReference<@Nullable Script> script = new AtomicReference<>();
  private final Queue<Heard> heard = new ConcurrentLinkedQueue<>();

  /** What to answer to a call that is no upload. */
  record Script(int status, String envelope) {}

  /** A call that is no upload. */
  record Heard(String method, String address, String body) {}

  FakeIntake() {
    try {
      server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
    server.createContext("/internal/v1/tenants/", this::answer);
    server.start();
  }

  String url() {
    return "http://127.0.0.1:" + server.getAddress().getPort();
  }

  /** What the next uploads are answered; 201 is the usual. */
  void answerWith(int status) {
    this.status = status;
  }

  /** How many uploads have come so far. */
  int uploads() {
    return uploads.get();
  }

  /** Answers no upload until the gate is opened. */
  Gate hold() {
    Gate closed = new Gate();
    gate = closed;
    return closed;
  }

  /** Answers the next call that is no upload like this, once. */
  void script(int status, String envelope) {
    script.set(new Script(status, envelope));
    heard.clear();
  }

  /** Answers as usual again. */
  void forgetScript() {
    script.set(null);
  }

  /** The calls that were heard since the last script. */
  List<Heard> heard() {
    return List.copyOf(heard);
  }

  private void answer(HttpExchange exchange) throws IOException {
    if (!exchange.getRequestURI().getPath().endsWith("/images")) {
      Script next = script.getAndSet(null);
      String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
      heard.add(new Heard(exchange.getRequestMethod(), exchange.getRequestURI().toString(), body));
      if (next != null) {
        play(exchange, next);
        return;
      }
    }
    usual(exchange);
  }

  private static void play(HttpExchange exchange, Script next) throws IOException {
    try (exchange) {
      byte[] body = next.envelope().getBytes(StandardCharsets.UTF_8);
      exchange.sendResponseHeaders(next.status(), body.length);
      exchange.getResponseBody().write(body);
    }
  }

  private void usual(HttpExchange exchange) throws IOException {
    try (exchange) {
      if (exchange.getRequestURI().getPath().endsWith("/images")) {
        uploads.incrementAndGet();
        gate.pass();
      }
      MessageDigest sha256 = ContentDigest.sha256();
      long bytes = 0;
      byte[] buffer = new byte[8192];
      for (int count; (count = exchange.getRequestBody().read(buffer)) >= 0; bytes += count) {
        sha256.update(buffer, 0, count);
      }
      boolean known =
          ("Bearer " + TOKEN).equals(exchange.getRequestHeaders().getFirst("Authorization"));
      String path = exchange.getRequestURI().getPath();
      String data = data(path, ContentDigest.of(sha256), bytes);
      byte[] body =
          "{\"success\": true, \"code\": \"X\", \"message\": \"\", \"errors\": [], \"data\": %s}"
              .formatted(data)
              .getBytes(StandardCharsets.UTF_8);
      exchange.sendResponseHeaders(known ? status(path) : 401, body.length);
      exchange.getResponseBody().write(body);
    }
  }

  private int status(String path) {
    if (path.endsWith("/images")) {
      return status;
    }
    if (path.endsWith("/resend")) {
      return path.contains(DELIVERY) ? 202 : 404;
    }
    return path.endsWith("/webhook-secrets") ? 201 : 200;
  }

  private static String data(String path, ContentDigest digest, long bytes) {
    String delivery = "{\"delivery_id\": \"%s\", \"status\": \"PENDING\"}".formatted(DELIVERY);
    if (path.endsWith("/images")) {
      return "{\"sha256\": \"%s\", \"bytes\": %d}".formatted(digest, bytes);
    }
    if (path.endsWith("/webhook-secrets")) {
      return "{\"secret_id\": \"s1\", \"secret\": \"whsec_test\"}";
    }
    return path.endsWith("/resend") ? delivery : "{\"items\": [" + delivery + "]}";
  }
}
