package io.imageaudit.notification.endpoint;

import io.imageaudit.model.AuditJson;
import io.imageaudit.model.TenantId;
import io.imageaudit.model.TraceParent;
import io.imageaudit.notification.webhook.WebhookMessage;
import io.imageaudit.notification.webhook.WebhookReply;
import io.imageaudit.notification.webhook.WebhookSender;
import java.net.URI;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.HexFormat;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * Sends a receiver a message that is about no audit, and tells at once what came of it: a test, or
 * a challenge that it must repeat in its answer. Signed and guarded like any other.
 */
final class ProbeEndpoint {

  static final String TEST = "endpoint.test";
  static final String VERIFY = "endpoint.verify";

  private static final int CHALLENGE_BYTES = 24;

  private final ManageEndpoints endpoints;
  private final SigningKeys signingKeys;
  private final WebhookSender sender;
  private final InstantSource clock;
  private final SecureRandom random;
  private final JsonMapper json = AuditJson.mapper();

  ProbeEndpoint(
      ManageEndpoints endpoints,
      SigningKeys signingKeys,
      WebhookSender sender,
      InstantSource clock,
      SecureRandom random) {
    this.endpoints = endpoints;
    this.signingKeys = signingKeys;
    this.sender = sender;
    this.clock = clock;
    this.random = random;
  }

  /**
   * What came of a probe.
   *
   * @param success whether the receiver did what was expected of it
   * @param messageId value of the header {@code webhook-id}
   * @param status HTTP status, if it answered
   * @param fault why there was no answer, if there was none
   * @param detail of the fault
   */
  record Probe(
      boolean success,
      String messageId,
      @Nullable Integer status,
      @Nullable String fault,
      @Nullable String detail) {}

  Probe test(TenantId tenant, UUID id) {
    EndpointView endpoint = endpoints.find(tenant, id);
    ObjectNode data = json.createObjectNode().put("message", "This is a test.");
    return send(tenant, endpoint, TEST, data, "");
  }

  /** Opens the receiver when it answers 2xx and its answer holds the challenge. */
  Probe verify(TenantId tenant, UUID id) {
    EndpointView endpoint = endpoints.find(tenant, id);
    String challenge = randomHex();
    ObjectNode data = json.createObjectNode().put("challenge", challenge);
    Probe probe = send(tenant, endpoint, VERIFY, data, challenge);
    if (probe.success()) {
      endpoints.verified(tenant, id);
    }
    return probe;
  }

  private Probe send(
      TenantId tenant, EndpointView endpoint, String type, ObjectNode data, String expected) {
    ObjectNode body = json.createObjectNode().put("type", type);
    body.put("timestamp", clock.instant().toString());
    body.set("data", data.put("tenant", tenant.value()));
    String messageId = "msg_" + randomHex();
    SendingStyle style =
        new SendingStyle(endpoint.endpointId(), MessageForm.STANDARD, endpoint.ed25519(), null);
    WebhookReply reply =
        sender.send(
            new WebhookMessage(
                URI.create(endpoint.url()),
                messageId,
                WebhookMessage.JSON,
                json.writeValueAsBytes(body),
                signingKeys.of(tenant, style),
                TraceParent.start(random)));
    return probe(messageId, reply, expected);
  }

  private static Probe probe(String messageId, WebhookReply reply, String expected) {
    return switch (reply) {
      case WebhookReply.Answered answer -> {
        boolean repeated = answer.excerpt().contains(expected);
        boolean success = answer.status() / 100 == 2 && repeated;
        yield new Probe(
            success,
            messageId,
            answer.status(),
            null,
            repeated ? null : "The answer does not hold the challenge.");
      }
      case WebhookReply.Unreachable failure ->
          new Probe(false, messageId, null, failure.fault().name(), failure.detail());
      case WebhookReply.Refused refused ->
          new Probe(false, messageId, null, "REFUSED", refused.reason());
    };
  }

  private String randomHex() {
    byte[] bytes = new byte[CHALLENGE_BYTES];
    random.nextBytes(bytes);
    return HexFormat.of().formatHex(bytes);
  }
}
