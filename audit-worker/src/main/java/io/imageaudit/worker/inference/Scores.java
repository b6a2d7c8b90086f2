package io.imageaudit.worker.inference;

/** What a model's numbers say: probabilities, 0..1. Pure. */
final class Scores {

  /** Half-precision models overshoot a little. */
  private static final float TOLERANCE = 1e-3f;

  /** Scores of eight bits are off by a five-hundredth each. */
  private static final double SUM_TOLERANCE = 0.05;

  private Scores() {}

  /**
   * Makes probabilities of one picture's numbers.
   *
   * @throws IllegalArgumentException when a number is not one, or no probability
   */
  static float[] of(OutputSpec.Kind kind, float[] numbers) {
    requireFinite(numbers);
    return switch (kind) {
      case SIGMOID, SCALAR -> probabilities(numbers);
      case SOFTMAX -> shares(probabilities(numbers));
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

  /**
   * The number, which is a probability.
   *
   * @throws IllegalArgumentException when it is none
   */
  static float probability(float number) {
    if (!(number >= -TOLERANCE && number <= 1 + TOLERANCE)) {
      throw new IllegalArgumentException("output: " + number + " (expected: 0..1)");
    }
    return Math.clamp(number, 0f, 1f);
  }

  /**
   * All numbers, which are probabilities.
   *
   * @throws IllegalArgumentException when one is none
   */
  static float[] probabilities(float[] numbers) {
    float[] scores = new float[numbers.length];
    for (int i = 0; i < scores.length; i++) {
      scores[i] = probability(numbers[i]);
    }
    return scores;
  }

  /** Together 1; zeros everywhere are no answer, and would be taken for a clean picture. */
  private static float[] shares(float[] scores) {
    double sum = 0;
    for (float score : scores) {
      sum += score;
    }
    if (Math.abs(sum - 1) > SUM_TOLERANCE) {
      throw new IllegalArgumentException("output: together " + sum + " (expected: 1)");
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
}
