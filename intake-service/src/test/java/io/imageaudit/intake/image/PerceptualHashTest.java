package io.imageaudit.intake.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Random;
import org.bytedeco.javacpp.FloatPointer;
import org.bytedeco.opencv.global.opencv_core;
import org.bytedeco.opencv.opencv_core.Mat;
import org.junit.jupiter.api.Test;

class PerceptualHashTest {

  private static final int ROWS = 300;
  private static final int COLUMNS = 511;

  /** The windows of 300 and 511 pixels are 3 and 4: one each way, and one or two ahead. */
  @Test
  void a_picture_is_blurred_by_two_passes_of_means_that_are_cut_off_at_its_edges() {
    float[] pixels = new float[ROWS * COLUMNS];
    Random random = new Random(20_261_124);
    for (int i = 0; i < pixels.length; i++) {
      pixels[i] = random.nextInt(256);
    }
    float[] expected = means(means(pixels));
    float[] actual = new float[pixels.length];
    try (FloatPointer values = new FloatPointer(pixels);
        Mat luminance = new Mat(ROWS, COLUMNS, opencv_core.CV_32F, values);
        Mat blurred = PerceptualHash.blur(luminance);
        FloatPointer start = new FloatPointer(blurred.data())) {
      start.get(actual);
    }

    for (int i = 0; i < pixels.length; i++) {
      assertThat(actual[i]).isCloseTo(expected[i], within(0.01f));
    }
  }

  private static float[] means(float[] pixels) {
    float[] means = new float[pixels.length];
    for (int row = 0; row < ROWS; row++) {
      for (int column = 0; column < COLUMNS; column++) {
        double sum = 0;
        int count = 0;
        for (int y = Math.max(0, row - 1); y <= Math.min(ROWS - 1, row + 1); y++) {
          for (int x = Math.max(0, column - 1); x <= Math.min(COLUMNS - 1, column + 2); x++) {
            sum += pixels[y * COLUMNS + x];
            count++;
          }
        }
        means[row * COLUMNS + column] = (float) (sum / count);
      }
    }
    return means;
  }
}
