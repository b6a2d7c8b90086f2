package io.imageaudit.notification.notify;

import io.imageaudit.model.AuditJson;
import io.imageaudit.model.AuditResult;
import io.imageaudit.model.event.AuditConcluded;
import java.util.List;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * What a receiver is sent: {@code {"type", "timestamp", "data"}}, where {@code data} is the result
 * as the API gives it, and {@code supersedes} beside it, the {@code verdict_seq} that it replaces.
 * A result above 256 KB is left out but for what a receiver acts on, and a link to the whole.
 */
final class CallbackBody {

  static final int MOST_BYTES = 256 << 10;

  private static final List<String> ESSENTIAL =
      List.of(
          "audit_id",
          "reference",
          "tenant",
          "status",
          "verdict",
          "verdict_seq",
          "supersedes",
          "verdict_source",
          "is_safe",
          "violations",
          "degraded",
          "error",
          "created_at",
          "completed_at",
          "trace_id");

  private final JsonMapper json = AuditJson.mapper();
  private final String apiUrl;

  /**
   * Makes bodies.
   *
   * @param apiUrl base address of the API, without a slash at its end
   */
  CallbackBody(String apiUrl) {
    this.apiUrl = apiUrl;
  }

  byte[] of(AuditConcluded concluded) {
    ObjectNode data = json.valueToTree(AuditResult.of(concluded));
    if (concluded.verdictSeq() > 1) {
      data.put("supersedes", concluded.verdictSeq() - 1);
    } else {
      data.putNull("supersedes");
    }
    byte[] whole = envelope(concluded, data);
    return whole.length <= MOST_BYTES ? whole : envelope(concluded, thin(concluded, data));
  }

  private ObjectNode thin(AuditConcluded concluded, ObjectNode data) {
    return data.retain(ESSENTIAL).put("link", apiUrl + "/v1/audits/" + concluded.auditId());
  }

  private byte[] envelope(AuditConcluded concluded, ObjectNode data) {
    ObjectNode envelope = json.createObjectNode();
    envelope.put("type", EventType.of(concluded.status()));
    envelope.put("timestamp", concluded.concludedAt().toString());
    envelope.set("data", data);
    return json.writeValueAsBytes(envelope);
  }
}
