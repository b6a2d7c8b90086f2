package io.imageaudit.worker.inference;

import io.imageaudit.worker.image.Placement;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * Boxes that the model itself has thinned out: corners, score, class. Rows with a score below the
 * threshold, negative ones too, fill the tensor up.
 */
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
    List<Candidate> boxes = new ArrayList<>();
    for (int at = 0; at < values.length; at += WIDTH) {
      if (values[at + 4] >= threshold) {
        boxes.add(box(values, at, label(values[at + 5])));
      }
    }
    return boxes.stream()
        .sorted(Comparator.comparingDouble(Candidate::score).reversed())
        .limit(NonMaximumSuppression.MOST_KEPT)
        .map(box -> box.in(placement, labels.get(box.label())))
        .toList();
  }

  private int label(float value) {
    int label = (int) value;
    if (label != value || label < 0 || label >= labels.size()) {
      throw new IllegalArgumentException(
          "output: class " + value + " (expected: one of 0.." + (labels.size() - 1) + ")");
    }
    return label;
  }

  private static Candidate box(float[] values, int at, int label) {
    return new Candidate(
        values[at],
        values[at + 1],
        values[at + 2],
        values[at + 3],
        label,
        Scores.probability(values[at + 4]));
  }
}
