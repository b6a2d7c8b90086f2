package io.imageaudit.worker.inference;

import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * How a model's answer is read.
 *
 * @param kind what its numbers are
 * @param tensor name of the tensor to read; empty when there is only one
 * @param threshold lowest score of a box or of a text pixel that is kept
 * @param iou overlap (intersection over union) from which two boxes are taken for one
 * @param agnostic whether boxes of different labels can be one
 * @param minScore for text maps: lowest mean score of a region that is kept
 * @param unclip for text maps: how much a region is enlarged
 * @param vectors for embeddings: path of a NumPy file (.npy) of one vector per label
 * @param scale for embeddings: factor of the cosine; 100 for CLIP
 * @param bias for embeddings: added to that
 */
public record OutputSpec(
    @DefaultValue("sigmoid") Kind kind,
    @DefaultValue("") String tensor,
    @DefaultValue("0.25") double threshold,
    @DefaultValue("0.45") double iou,
    @DefaultValue("false") boolean agnostic,
    @DefaultValue("0.6") double minScore,
    @DefaultValue("1.5") double unclip,
    @DefaultValue("") String vectors,
    @DefaultValue("100") double scale,
    @DefaultValue("0") double bias) {

  /** What the numbers of an answer are. */
  public enum Kind {
    /** One probability per label, each on its own. */
    SIGMOID,
    /** One probability per label, together 1. */
    SOFTMAX,
    /** One logarithm of odds per label, each on its own. */
    SIGMOID_LOGITS,
    /** One logarithm per label, of which softmax makes probabilities. */
    LOGITS,
    /** One probability for the only label. */
    SCALAR,
    /**
     * {@code [4 + labels, anchors]}: centre, size and class scores, as YOLOv8 and its followers.
     */
    YOLO_V8,
    /** {@code [anchors, 5 + labels]}: centre, size, objectness and class scores, as YOLOv5. */
    YOLO_V5,
    /** {@code [boxes, 6]}: corners, score, class; nothing overlaps any more. */
    BOXES_NMS,
    /** {@code [1, height, width]}: how much each pixel is text (differentiable binarisation). */
    DB_MAP,
    /** {@code [steps, 1 + characters]}: the label list is the alphabet, entry 0 is the blank. */
    CTC,
    /** A vector that is compared with one per label, of which one fits best, as CLIP. */
    EMBEDDING,
    /** A vector that is compared with one per label, each on its own, as SigLIP. */
    EMBEDDING_SIGMOID;

    boolean isEmbedding() {
      return this == EMBEDDING || this == EMBEDDING_SIGMOID;
    }
  }

  /**
   * Checks the numbers.
   *
   * @throws IllegalArgumentException when one is out of range
   */
  public OutputSpec {
    requireShare("threshold", threshold);
    requireShare("iou", iou);
    requireShare("min-score", minScore);
    if (kind.isEmbedding() == vectors.isEmpty()) {
      throw new IllegalArgumentException(
          "vectors: '" + vectors + "' (expected: a file for embeddings, else none)");
    }
    if (!Double.isFinite(scale) || !Double.isFinite(bias)) {
      throw new IllegalArgumentException("scale, bias: (expected: numbers)");
    }
    if (!(unclip >= 0 && unclip <= 10)) {
      throw new IllegalArgumentException("unclip: " + unclip + " (expected: 0..10)");
    }
  }

  private static void requireShare(String field, double share) {
    if (!(share >= 0 && share <= 1)) {
      throw new IllegalArgumentException(field + ": " + share + " (expected: 0..1)");
    }
  }
}
