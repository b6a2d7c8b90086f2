package io.imageaudit.worker.inference;

/** What a model's numbers say: probabilities, 0..1. Pure. */
final class Scores {

  private Scores() {}

  /**
   * Makes probabilities of one picture's numbers.
   *
   * @throws IllegalArgumentException when a number is not one, or no probability
   */
  static float[] of(OutputSpec.Kind kind, float[] numbers) {
    requireFinite(numbers);
    return switch (kind) {
      case SIGMOID, SOFTMAX, SCALAR -> probabilities(numbers);
      case SIGMOID_LOGITS, EMBEDDING_SIGMOID -> sigmoid(numbers);
      case LOGITS, EMBEDDING -> softmax(numbers);
      case YOLO_V5, YOLO_V8, BOXES_NMS, DB_MAP, CTC ->
          throw new IllegalArgumentException("kind: " + kind + " (expected: one of scores)");
    };
  }

  /**
   * Checks that all are numbers.
   *
   * @throws IllegalArgumentException when one is not
   */
  static void requireFinite(float[] numbers) {
    for (float number : numbers) {
      if (!Float.isFinite(number)) {
        throw new IllegalArgumentException("output: " + number + " (expected: a number)");
      }
    }
  }

  private static float[] probabilities(float[] numbers) {
    float[] scores = numbers.clone();
    for (int i = 0; i < scores.length; i++) {
      if (scores[i] < -TOLERANCE || scores[i] > 1 + TOLERANCE) {
        throw new IllegalArgumentException("output: " + scores[i] + " (expected: 0..1)");
      }
      scores[i] = Math.clamp(scores[i], 0f, 1f);
    }
    return scores;
  }

  private static float[] sigmoid(float[] logits) {
    float[] scores = new float[logits.length];
    for (int i = 0; i < scores.length; i++) {
      scores[i] = (float) (1 / (1 + Math.exp(-logits[i])));
    }
    return scores;
  }

  private static float[] softmax(float[] logits) {
    double largest = Double.NEGATIVE_INFINITY;
    for (float logit : logits) {
      largest = Math.max(largest, logit);
    }
    double sum = 0;
    float[] scores = new float[logits.length];
    for (int i = 0; i < scores.length; i++) {
      double weight = Math.exp(logits[i] - largest);
      scores[i] = (float) weight;
      sum += weight;
    }
    for (int i = 0; i < scores.length; i++) {
      scores[i] = (float) (scores[i] / sum);
    }
    return scores;
  }

  /** Half-precision models overshoot a little. */
  private static final float TOLERANCE = 1e-3f;
}
