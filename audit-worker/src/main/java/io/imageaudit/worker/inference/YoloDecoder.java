package io.imageaudit.worker.inference;

import io.imageaudit.worker.image.Placement;
import java.util.ArrayList;
import java.util.List;

/** Boxes of a YOLO head, version 5 (rows, with objectness) or 8 (columns, without). */
final class YoloDecoder implements OutputDecoder {

  private final boolean rows;
  private final double threshold;
  private final NonMaximumSuppression suppression;
  private final List<String> labels;

  YoloDecoder(OutputSpec spec, List<String> labels) {
    this.rows = spec.kind() == OutputSpec.Kind.YOLO_V5;
    this.threshold = spec.threshold();
    this.suppression = new NonMaximumSuppression(spec.iou(), spec.agnostic());
    this.labels = labels;
  }

  @Override
  public List<Detection> decode(OutputTensor output, Placement placement) {
    int width = labels.size() + (rows ? 5 : 4);
    if (output.shape().size() != 2 || output.shape().get(rows ? 1 : 0) != width) {
      throw new IllegalArgumentException(
          "output: shape " + output.shape() + " (expected: " + width + " numbers per box)");
    }
    Scores.requireFinite(output.values());
    int anchors = Math.toIntExact(output.shape().get(rows ? 0 : 1));
    List<Candidate> candidates = new ArrayList<>();
    for (int anchor = 0; anchor < anchors; anchor++) {
      add(new Head(output.values(), anchor, anchors, width), candidates);
    }
    return suppression.keep(candidates).stream()
        .map(box -> box.in(placement, labels.get(box.label())))
        .toList();
  }

  private void add(Head head, List<Candidate> candidates) {
    int first = rows ? 5 : 4;
    int best = 0;
    for (int label = 1; label < labels.size(); label++) {
      best = head.at(first + label) > head.at(first + best) ? label : best;
    }
    double score = head.at(first + best) * (rows ? head.at(4) : 1);
    if (score >= threshold) {
      candidates.add(
          Candidate.centred(
              head.at(0), head.at(1), head.at(2), head.at(3), best, Math.min(1, score)));
    }
  }

  /** The numbers of one anchor, whichever way they lie. */
  private final class Head {
    private final float[] values;
    private final int anchor;
    private final int anchors;
    private final int width;

    Head(float[] values, int anchor, int anchors, int width) {
      this.values = values;
      this.anchor = anchor;
      this.anchors = anchors;
      this.width = width;
    }

    double at(int number) {
      return values[rows ? anchor * width + number : number * anchors + anchor];
    }
  }
}
