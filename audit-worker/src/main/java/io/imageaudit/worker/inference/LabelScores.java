package io.imageaudit.worker.inference;

import io.imageaudit.worker.inference.InferenceOutcome.Failed;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.JsonNode;

/** Scores by label in a JSON object, as a tensor in the labels' order. */
final class LabelScores {

  private LabelScores() {}

  /** The scores, or that one of them is missing: what was not judged is not taken for clean. */
  static InferenceOutcome answer(List<String> labels, JsonNode scores, String version) {
    float[] values = new float[labels.size()];
    for (int i = 0; i < values.length; i++) {
      JsonNode score = scores.path(labels.get(i));
      if (!score.isNumber()) {
        return new Failed(
            Failed.Kind.FAULTY, "BAD_ANSWER", "there is no score for " + labels.get(i));
      }
      values[i] = (float) score.asDouble();
    }
    return new InferenceOutcome.Answered(
        Map.of("scores", new OutputTensor(List.of(1L, (long) values.length), values)), version);
  }
}
