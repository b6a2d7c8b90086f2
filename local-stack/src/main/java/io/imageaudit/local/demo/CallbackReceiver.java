package io.imageaudit.local.demo;

import com.standardwebhooks.Webhook;
import com.standardwebhooks.exceptions.EmptyWebhookSecretException;
import com.standardwebhooks.exceptions.WebhookVerificationException;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import io.imageaudit.local.web.LoopbackServer;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Hears callbacks and checks each signature with a library that is not ours. A callback whose
 * signature is wrong is refused and remembered as such.
 */
final class CallbackReceiver implements HttpHandler {

  static final String PATH = "/callbacks";

  private static final int LARGEST = 1 << 20;

  private final Webhook webhook;
  private final Map<String, CompletableFuture<Callback>> callbacks = new ConcurrentHashMap<>();

  CallbackReceiver(String secret) {
    try {
      this.webhook = new Webhook(secret);
    } catch (EmptyWebhookSecretException e) {
      throw new IllegalArgumentException("secret: (expected: whsec_...)", e);
    }
  }

  @Override
  public void handle(HttpExchange exchange) throws IOException {
    long now = System.nanoTime();
    byte[] body = exchange.getRequestBody().readNBytes(LARGEST);
    String text = new String(body, StandardCharsets.UTF_8);
    boolean verified = isSigned(text, exchange);
    try {
      JsonNode data = JsonMapper.shared().readTree(text).path("data");
      future(data.path("audit_id").asString("")).complete(new Callback(data, verified, now));
      LoopbackServer.answer(exchange, verified ? 200 : 401, "");
    } catch (JacksonException _) {
      LoopbackServer.answer(exchange, 400, "");
    }
  }

  private boolean isSigned(String text, HttpExchange exchange) {
    try {
      webhook.verify(text, exchange.getRequestHeaders());
      return true;
    } catch (WebhookVerificationException _) {
      return false;
    }
  }

  /** Waits for an audit's first callback; empty when it does not come in time. */
  Optional<Callback> await(String auditId, Duration patience) throws InterruptedException {
    try {
      return Optional.of(future(auditId).get(patience.toMillis(), TimeUnit.MILLISECONDS));
    } catch (TimeoutException | ExecutionException _) {
      return Optional.empty();
    }
  }

  private CompletableFuture<Callback> future(String auditId) {
    return callbacks.computeIfAbsent(auditId, _ -> new CompletableFuture<>());
  }
}
