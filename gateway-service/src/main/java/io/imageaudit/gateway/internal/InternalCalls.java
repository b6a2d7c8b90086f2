package io.imageaudit.gateway.internal;

import io.imageaudit.model.AuditJson;
import io.imageaudit.model.TraceParent;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Small JSON calls to another service, with the installation's shared secret. */
public final class InternalCalls {

  private static final Logger LOG = LoggerFactory.getLogger(InternalCalls.class);
  private static final Duration LIMIT = Duration.ofSeconds(3);

  private final HttpClient http;
  private final String authorization;
  private final JsonMapper json = AuditJson.mapper();

  InternalCalls(HttpClient http, InternalSettings settings) {
    this.http = http;
    this.authorization = "Bearer " + settings.token();
  }

  /**
   * What another service answered.
   *
   * @param status its HTTP status; 503 when it did not answer
   * @param data the {@code data} of its envelope, if it sent one
   */
  public record Reply(int status, @Nullable JsonNode data) {

    static final Reply NONE = new Reply(503, null);
  }

  /** Asks. */
  public Reply get(URI address, TraceParent trace) {
    return send(HttpRequest.newBuilder(address).GET(), trace);
  }

  /** Asks for something to be done; there is nothing to say beyond the address. */
  public Reply post(URI address, TraceParent trace) {
    return send(
        HttpRequest.newBuilder(address)
            .header("Content-Type", "application/json")
            .POST(BodyPublishers.ofString("{}")),
        trace);
  }

  private Reply send(HttpRequest.Builder request, TraceParent trace) {
    HttpRequest call =
        request
            .timeout(LIMIT)
            .header("Authorization", authorization)
            .header(TraceParent.HEADER, trace.toString())
            .build();
    try {
      HttpResponse<byte[]> answer = http.send(call, BodyHandlers.ofByteArray());
      return new Reply(answer.statusCode(), json.readTree(answer.body()).get("data"));
    } catch (IOException | JacksonException e) {
      LOG.warn("{} cannot be asked: {}", call.uri().getAuthority(), e.toString());
      return Reply.NONE;
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
      return Reply.NONE;
    }
  }
}
