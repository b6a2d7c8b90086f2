package io.imageaudit.intake.image;

import java.util.Arrays;
import org.bytedeco.javacpp.FloatPointer;
import org.bytedeco.opencv.global.opencv_core;
import org.bytedeco.opencv.global.opencv_imgproc;
import org.bytedeco.opencv.opencv_core.Mat;
import org.bytedeco.opencv.opencv_core.Point;
import org.bytedeco.opencv.opencv_core.Scalar;
import org.bytedeco.opencv.opencv_core.Size;

/**
 * The PDQ hash of a picture: 256 bits that stay nearly the same when a picture is scaled, recoded
 * or slightly changed. Two pictures whose hashes differ in at most 31 bits are near-duplicates.
 *
 * <p>The luminance is blurred by two passes of a box filter along rows and columns (Jarosz),
 * sampled at 64 x 64 points, and transformed by a cosine transform of which the 16 x 16 lowest
 * frequencies after the constant one are kept; each bit says whether a coefficient is above the
 * median. The quality, 0..100, is the sum of the differences between neighbouring samples: below 50
 * the picture has too little structure for its hash to mean much. After: Facebook, "The TMK+PDQF
 * video-hashing algorithm and the PDQ image-hashing algorithm", 2019.
 *
 * @param hex 64 lower-case hexadecimal digits, highest bit first
 * @param quality 0..100
 */
record PerceptualHash(String hex, int quality) {

  private static final int SAMPLES = 64;
  private static final int FREQUENCIES = 16;
  private static final int PASSES = 2;
  private static final int GRADIENT_UNIT = 90;

  /**
   * Hashes a picture.
   *
   * @param luminance one channel of 32-bit floats, 0..255
   */
  static PerceptualHash of(Mat luminance) {
    float[] pixels = new float[Math.toIntExact(luminance.total())];
    try (Mat blurred = blur(luminance);
        FloatPointer start = new FloatPointer(blurred.data())) {
      start.get(pixels);
    }
    float[][] samples = sample(pixels, luminance.rows(), luminance.cols());
    return new PerceptualHash(hex(transform(samples)), quality(samples));
  }

  /** Means over windows that are cut off at the edges of the picture, taken twice. */
  static Mat blur(Mat luminance) {
    Mat blurred = luminance.clone();
    try (Scalar one = new Scalar(1.0);
        Mat counts = new Mat(luminance.rows(), luminance.cols(), opencv_core.CV_32F, one)) {
      sum(counts);
      for (int pass = 0; pass < PASSES; pass++) {
        sum(blurred);
        opencv_core.divide(blurred, counts, blurred);
      }
    }
    return blurred;
  }

  /** Replaces each value by the sum over its window: one more ahead than behind if it is even. */
  private static void sum(Mat values) {
    int width = window(values.cols());
    int height = window(values.rows());
    try (Size window = new Size(width, height);
        Point anchor = new Point((width - 1) / 2, (height - 1) / 2)) {
      opencv_imgproc.boxFilter(
          values, values, -1, window, anchor, false, opencv_core.BORDER_CONSTANT);
    }
  }

  private static int window(int length) {
    return (length + 2 * SAMPLES - 1) / (2 * SAMPLES);
  }

  private static float[][] sample(float[] luminance, int rows, int columns) {
    float[][] samples = new float[SAMPLES][SAMPLES];
    for (int i = 0; i < SAMPLES; i++) {
      int row = (int) ((i + 0.5) * rows / SAMPLES);
      for (int j = 0; j < SAMPLES; j++) {
        samples[i][j] = luminance[row * columns + (int) ((j + 0.5) * columns / SAMPLES)];
      }
    }
    return samples;
  }

  private static int quality(float[][] samples) {
    int gradient = 0;
    for (int i = 0; i < SAMPLES; i++) {
      for (int j = 0; j < SAMPLES; j++) {
        if (i + 1 < SAMPLES) {
          gradient += Math.abs((int) ((samples[i][j] - samples[i + 1][j]) * 100 / 255));
        }
        if (j + 1 < SAMPLES) {
          gradient += Math.abs((int) ((samples[i][j] - samples[i][j + 1]) * 100 / 255));
        }
      }
    }
    return Math.min(gradient / GRADIENT_UNIT, 100);
  }

  private static double[] transform(float[][] samples) {
    double[][] basis = basis();
    double[][] half = new double[FREQUENCIES][SAMPLES];
    for (int i = 0; i < FREQUENCIES; i++) {
      for (int k = 0; k < SAMPLES; k++) {
        for (int j = 0; j < SAMPLES; j++) {
          half[i][j] += basis[i][k] * samples[k][j];
        }
      }
    }
    double[] result = new double[FREQUENCIES * FREQUENCIES];
    for (int i = 0; i < FREQUENCIES; i++) {
      for (int j = 0; j < FREQUENCIES; j++) {
        for (int k = 0; k < SAMPLES; k++) {
          result[i * FREQUENCIES + j] += half[i][k] * basis[j][k];
        }
      }
    }
    return result;
  }

  private static double[][] basis() {
    double scale = Math.sqrt(2.0 / SAMPLES);
    double[][] basis = new double[FREQUENCIES][SAMPLES];
    for (int i = 0; i < FREQUENCIES; i++) {
      for (int j = 0; j < SAMPLES; j++) {
        basis[i][j] = scale * Math.cos(Math.PI / 2 / SAMPLES * (i + 1) * (2 * j + 1));
      }
    }
    return basis;
  }

  private static String hex(double[] coefficients) {
    double[] sorted = coefficients.clone();
    Arrays.sort(sorted);
    double median = sorted[sorted.length / 2 - 1];
    StringBuilder hex = new StringBuilder(sorted.length / 4);
    for (int bit = coefficients.length - 4; bit >= 0; bit -= 4) {
      int digit = 0;
      for (int i = 3; i >= 0; i--) {
        digit = digit << 1 | (coefficients[bit + i] > median ? 1 : 0);
      }
      hex.append(Character.forDigit(digit, 16));
    }
    return hex.toString();
  }
}
