package io.imageaudit.notification.delivery;

import io.imageaudit.model.AuditJson;
import io.imageaudit.model.ContentDigest;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * The message as Alibaba's content moderation lays it out: a form with {@code content}, a JSON
 * text, and {@code checksum}, the SHA-256 of {@code uid + seed + content} in lower-case
 * hexadecimal. The content holds {@code code}, {@code msg}, {@code dataId} (our reference), {@code
 * taskId} (our audit id) and {@code results}, and all of ours under {@code data}.
 */
final class ChecksumForm {

  private static final JsonMapper JSON = AuditJson.mapper();

  private ChecksumForm() {}

  /**
   * Lays a message out.
   *
   * @param body of the usual form
   * @param uid first part of what the checksum is made of
   * @param seed second part
   */
  static byte[] of(byte[] body, String uid, String seed) {
    String content = content(JSON.readTree(body));
    byte[] mixed = (uid + seed + content).getBytes(StandardCharsets.UTF_8);
    String form =
        "checksum="
            + ContentDigest.of(mixed)
            + "&content="
            + URLEncoder.encode(content, StandardCharsets.UTF_8);
    return form.getBytes(StandardCharsets.UTF_8);
  }

  private static String content(JsonNode message) {
    JsonNode data = message.path("data");
    boolean judged = data.path("verdict").isString();
    ObjectNode content = JSON.createObjectNode();
    content.put("code", judged ? 200 : 500);
    content.put("msg", judged ? "OK" : data.path("error").path("code").asString("FAILED"));
    content.set("dataId", data.path("reference"));
    content.set("taskId", data.path("audit_id"));
    ArrayNode results = content.putArray("results");
    data.path("findings").forEach(finding -> results.add(result(finding)));
    if (judged && results.isEmpty()) {
      results
          .addObject()
          .put("scene", "all")
          .put("label", "normal")
          .put("rate", 100.0)
          .put("suggestion", data.path("verdict").asString().toLowerCase(Locale.ROOT));
    }
    content.set("data", data);
    return content.toString();
  }

  private static ObjectNode result(JsonNode finding) {
    ObjectNode result = JSON.createObjectNode();
    result.put("scene", finding.path("category").asString(""));
    result.put("label", finding.path("label").asString(""));
    result.put("rate", finding.path("score").asDouble(0) * 100);
    result.put("suggestion", finding.path("action").asString("").toLowerCase(Locale.ROOT));
    return result;
  }
}
