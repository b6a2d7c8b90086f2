package io.imageaudit.worker.inference;

import io.imageaudit.worker.inference.HttpCalls.Reply;
import io.imageaudit.worker.inference.InferenceOutcome.Failed;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Speaks OpenAI's moderation interface, which takes one picture at a time. The labels are its
 * categories, such as {@code sexual} or {@code violence/graphic}.
 */
final class ModerationModelServer implements ModelServer {

  private final HttpCalls http;
  private final URI address;
  private final String served;
  private final List<String> labels;
  private final JsonMapper json = JsonMapper.shared();

  ModerationModelServer(HttpCalls http, String name, ModelSettings model) {
    this.http = http;
    this.address = URI.create(model.endpoint() + "/moderations");
    this.served = model.served(name);
    this.labels = model.labels();
  }

  @Override
  public InferenceOutcome infer(InferenceBatch batch) {
    if (batch.size() != 1) {
      return new Failed(Failed.Kind.REJECTED, "ONE_AT_A_TIME", "batch.max: (expected: 1)");
    }
    Map<String, Object> picture =
        Map.of(
            "type",
            "image_url",
            "image_url",
            Map.of("url", OipTensors.dataUrl(batch.items().getFirst())));
    Map<String, Object> request = Map.of("model", served, "input", List.of(picture));
    return switch (http.post(
        address,
        batch,
        List.of(json.writeValueAsBytes(request)),
        List.of("Content-Type", "application/json"))) {
      case Reply.Ok(byte[] body, var _) -> read(body);
      case Reply.Bad bad -> ProviderFaults.of(bad);
    };
  }

  private InferenceOutcome read(byte[] body) {
    try {
      JsonNode answer = json.readTree(body);
      JsonNode result = answer.path("results").path(0);
      return notLookedAt(result.path("category_applied_input_types"))
          .<InferenceOutcome>map(label -> garbage("the picture was not looked at for " + label))
          .orElseGet(() ->
              LabelScores.answer(
                  labels, result.path("category_scores"), answer.path("model").asString("")));
    } catch (JacksonException e) {
      return garbage(String.valueOf(e.getOriginalMessage()));
    }
  }

  /**
   * A label that has a score of zero because pictures are not looked at for it, if the answer says
   * what was.
   */
  private Optional<String> notLookedAt(JsonNode applied) {
    return applied.isObject()
        ? labels.stream().filter(label -> !names(applied.path(label), "image")).findFirst()
        : Optional.empty();
  }

  private static boolean names(JsonNode list, String wanted) {
    return list.valueStream().anyMatch(each -> each.asString("").equals(wanted));
  }

  private static Failed garbage(String reason) {
    return new Failed(Failed.Kind.FAULTY, "BAD_ANSWER", reason);
  }
}
