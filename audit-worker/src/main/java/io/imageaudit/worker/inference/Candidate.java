package io.imageaudit.worker.inference;

import io.imageaudit.worker.image.Placement;

/**
 * A box that may be one of several for the same thing; corners in input pixels.
 *
 * @param label number of its label
 * @param score how sure the model is, 0..1
 */
record Candidate(double left, double top, double right, double bottom, int label, double score) {

  static Candidate centred(
      double x, double y, double width, double height, int label, double score) {
    return new Candidate(
        x - width / 2, y - height / 2, x + width / 2, y + height / 2, label, score);
  }

  /** Intersection over union. */
  double overlap(Candidate other) {
    double width = Math.min(right, other.right) - Math.max(left, other.left);
    double height = Math.min(bottom, other.bottom) - Math.max(top, other.top);
    if (width <= 0 || height <= 0) {
      return 0;
    }
    double shared = width * height;
    return shared / (area() + other.area() - shared);
  }

  Detection in(Placement placement, String name) {
    return new Detection(name, score, placement.toPicture(left, top, right, bottom), null);
  }

  private double area() {
    return (right - left) * (bottom - top);
  }
}
