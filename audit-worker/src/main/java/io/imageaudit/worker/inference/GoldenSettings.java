package io.imageaudit.worker.inference;

import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * A picture and the tensor that the model's own preprocessing makes of it, to prove that ours makes
 * the same. Both are made by other means than this worker, best by the code that trained the model.
 *
 * @param image path of an image file
 * @param tensor path of a NumPy file (.npy) of float32, float16, float64 or uint8, in the shape of
 *     the input with or without a batch dimension of 1
 * @param tolerance largest difference of any element, in the tensor's own unit
 */
public record GoldenSettings(String image, String tensor, @DefaultValue("0.02") double tolerance) {

  /**
   * Checks the tolerance.
   *
   * @throws IllegalArgumentException when it is negative or no number
   */
  public GoldenSettings {
    if (!(tolerance >= 0 && tolerance < Double.POSITIVE_INFINITY)) {
      throw new IllegalArgumentException("tolerance: " + tolerance + " (expected: >= 0)");
    }
  }
}
