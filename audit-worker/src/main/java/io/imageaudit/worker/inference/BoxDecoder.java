package io.imageaudit.worker.inference;

import io.imageaudit.worker.image.Placement;
import java.util.ArrayList;
import java.util.List;

/** Boxes that the model itself has thinned out: corners, score, class. */
final class BoxDecoder implements OutputDecoder {

  private static final int WIDTH = 6;

  private final double threshold;
  private final List<String> labels;

  BoxDecoder(OutputSpec spec, List<String> labels) {
    this.threshold = spec.threshold();
    this.labels = labels;
  }

  @Override
  public List<Detection> decode(OutputTensor output, Placement placement) {
    if (output.shape().size() != 2 || output.shape().get(1) != WIDTH) {
      throw new IllegalArgumentException(
          "output: shape " + output.shape() + " (expected: [boxes, 6])");
    }
    float[] values = output.values();
    Scores.requireFinite(values);
    List<Detection> detections = new ArrayList<>();
    for (int at = 0; at < values.length; at += WIDTH) {
      int label = (int) values[at + 5];
      if (values[at + 4] >= threshold && label >= 0 && label < labels.size()) {
        Candidate box =
            new Candidate(
                values[at],
                values[at + 1],
                values[at + 2],
                values[at + 3],
                label,
                Math.min(1, values[at + 4]));
        detections.add(box.in(placement, labels.get(label)));
      }
    }
    return detections;
  }
}
