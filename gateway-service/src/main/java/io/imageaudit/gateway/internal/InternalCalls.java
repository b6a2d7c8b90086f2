package io.imageaudit.gateway.internal;

import io.imageaudit.model.AuditJson;
import io.imageaudit.model.TraceParent;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.http.HttpMethod;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Small JSON calls to another service, with the installation's shared secret. */
public final class InternalCalls {

  private static final Logger LOG = LoggerFactory.getLogger(InternalCalls.class);

  private final HttpClient http;
  private final String authorization;
  private final JsonMapper json = AuditJson.mapper();

  InternalCalls(HttpClient http, InternalSettings settings) {
    this.http = http;
    this.authorization = "Bearer " + settings.token();
  }

  /**
   * Asks, or has something done.
   *
   * @param body what to send, if anything
   * @param limit longest wait for the answer
   */
  public Reply call(
      HttpMethod method, URI address, @Nullable JsonNode body, Duration limit, TraceParent trace) {
    HttpRequest.Builder call =
        HttpRequest.newBuilder(address)
            .timeout(limit)
            .header("Authorization", authorization)
            .header(TraceParent.HEADER, trace.toString())
            .method(method.name(), publisher(body));
    if (body != null) {
      call.header("Content-Type", "application/json");
    }
    return send(call.build());
  }

  private BodyPublisher publisher(@Nullable JsonNode body) {
    return body == null
        ? BodyPublishers.noBody()
        : BodyPublishers.ofByteArray(json.writeValueAsBytes(body));
  }

  private Reply send(HttpRequest call) {
    try {
      HttpResponse<byte[]> answer = http.send(call, BodyHandlers.ofByteArray());
      return new Reply(answer.statusCode(), json.readTree(answer.body()));
    } catch (IOException | JacksonException e) {
      LOG.warn("{} cannot be asked: {}", call.uri().getAuthority(), e.toString());
      return Reply.none();
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
      return Reply.none();
    }
  }
}
