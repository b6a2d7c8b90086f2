package io.imageaudit.local.chaos;

import com.standardwebhooks.Webhook;
import com.standardwebhooks.exceptions.EmptyWebhookSecretException;
import com.standardwebhooks.exceptions.WebhookVerificationException;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import io.imageaudit.local.web.LoopbackServer;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import java.util.random.RandomGenerator;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Hears callbacks, refuses a share of them, and counts by {@code webhook-id}. */
final class CountingReceiver implements HttpHandler {

  static final String PATH = "/counted";

  private final Webhook webhook;
  private final RandomGenerator random;
  private final int failing;
  private final Consumer<Heard> first;
  private final Map<String, Heard> heard = new ConcurrentHashMap<>();
  private final Set<String> unsigned = ConcurrentHashMap.newKeySet();

  /**
   * A receiver.
   *
   * @param failing callbacks of a hundred that are answered with 500
   * @param first hears of each event that is acknowledged for the first time
   */
  CountingReceiver(String secret, RandomGenerator random, int failing, Consumer<Heard> first) {
    try {
      this.webhook = new Webhook(secret);
    } catch (EmptyWebhookSecretException e) {
      throw new IllegalArgumentException("secret: (expected: whsec_...)", e);
    }
    this.random = random;
    this.failing = failing;
    this.first = first;
  }

  /**
   * What was heard under one {@code webhook-id}.
   *
   * @param data the result of the first callback that was acknowledged
   * @param atNanos when that came, {@link System#nanoTime}
   * @param acknowledged how many were answered with 2xx
   * @param alike whether all of them said the same
   */
  record Heard(String webhookId, JsonNode data, long atNanos, int acknowledged, boolean alike) {

    String auditId() {
      return data.path("audit_id").asString("");
    }

    int verdictSeq() {
      return data.path("verdict_seq").asInt(0);
    }

    private Heard again(JsonNode more) {
      return new Heard(webhookId, data, atNanos, acknowledged + 1, alike && data.equals(more));
    }
  }

  @Override
  public void handle(HttpExchange exchange) throws IOException {
    byte[] body = exchange.getRequestBody().readAllBytes();
    String text = new String(body, StandardCharsets.UTF_8);
    String id = String.valueOf(exchange.getRequestHeaders().getFirst("webhook-id"));
    if (!isSigned(text, exchange)) {
      unsigned.add(id);
    }
    if (refuses()) {
      LoopbackServer.answer(exchange, 500, "");
      return;
    }
    count(id, JsonMapper.shared().readTree(text).path("data"));
    LoopbackServer.answer(exchange, 200, "");
  }

  private boolean isSigned(String text, HttpExchange exchange) {
    try {
      webhook.verify(text, exchange.getRequestHeaders());
      return true;
    } catch (WebhookVerificationException _) {
      return false;
    }
  }

  private synchronized boolean refuses() {
    return random.nextInt(100) < failing;
  }

  private void count(String id, JsonNode data) {
    Heard now = new Heard(id, data, System.nanoTime(), 1, true);
    if (heard.merge(id, now, (before, _) -> before.again(data)) == now) {
      first.accept(now);
    }
  }

  /** Everything that was heard. */
  Collection<Heard> heard() {
    return List.copyOf(heard.values());
  }

  /** Callbacks whose signature was wrong. */
  Set<String> unsigned() {
    return unsigned;
  }

  /** Acknowledgements beyond the first of each event. */
  int duplicates() {
    return heard.values().stream().mapToInt(each -> each.acknowledged() - 1).sum();
  }
}
