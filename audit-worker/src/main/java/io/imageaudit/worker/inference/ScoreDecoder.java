package io.imageaudit.worker.inference;

import io.imageaudit.worker.image.Placement;
import java.util.ArrayList;
import java.util.List;

/** One score per label for the whole picture. */
final class ScoreDecoder implements OutputDecoder {

  private final OutputSpec.Kind kind;
  private final List<String> labels;

  ScoreDecoder(OutputSpec.Kind kind, List<String> labels) {
    this.kind = kind;
    this.labels = labels;
  }

  @Override
  public List<Detection> decode(OutputTensor output, Placement placement) {
    float[] scores = Scores.of(kind, output.values());
    if (scores.length != labels.size()) {
      throw new IllegalArgumentException(
          "output: " + scores.length + " scores (expected: " + labels.size() + ")");
    }
    List<Detection> detections = new ArrayList<>();
    for (int i = 0; i < scores.length; i++) {
      detections.add(new Detection(labels.get(i), scores[i], null, null));
    }
    return detections;
  }
}
