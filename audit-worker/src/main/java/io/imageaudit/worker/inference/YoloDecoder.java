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
    if (anchors == 0) {
      throw new IllegalArgumentException("output: no anchors (expected: some, whatever is seen)");
    }
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
    float surest = 0;
    for (int label = 0; label < labels.size(); label++) {
      float score = Scores.probability(head.at(first + label));
      best = score > surest ? label : best;
      surest = Math.max(surest, score);
    }
    double score = rows ? (double) surest * Scores.probability(head.at(4)) : surest;
    if (score >= threshold) {
      candidates.add(
          Candidate.centred(head.at(0), head.at(1), head.at(2), head.at(3), best, score));
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

    float at(int number) {
      return values[rows ? anchor * width + number : number * anchors + anchor];
    }
  }
}
