package io.imageaudit.worker.image;

import static org.assertj.core.api.Assertions.assertThat;

import io.imageaudit.model.ContentDigest;
import io.imageaudit.model.FailureCode;
import io.imageaudit.model.ImageFacts;
import io.imageaudit.worker.SettingsText;
import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteOrder;
import java.util.Arrays;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class OpenCvDecoderTest {

  private final TensorMemory memory = new TensorMemory(1 << 20);
  private final ImageDecoder decoder =
      new OpenCvDecoder(
          SettingsText.bind(
              "{max-pixels: 1000000, max-frames: 3, max-tiles: 4}", DecodeSettings.class));

  @ParameterizedTest
  @CsvSource({"447, 224, 1", "896, 224, 2", "1791, 224, 2", "1792, 224, 4", "3584, 224, 8"})
  void a_jpeg_is_reduced_as_far_as_twice_the_detail_stays(int side, int detail, int factor) {
    assertThat(OpenCvDecoder.factor(facts("jpeg", side, side + 9), detail)).isEqualTo(factor);
  }

  @Test
  void transparency_becomes_white_and_channels_come_in_order() throws IOException {
    BufferedImage image = new BufferedImage(40, 30, BufferedImage.TYPE_INT_ARGB);
    Graphics2D g = image.createGraphics();
    g.setColor(new Color(255, 0, 0, 255));
    g.fillRect(0, 0, 20, 30);
    g.dispose();

    try (Picture picture = decoded(bytes(image, "png"), "png", 40, 30)) {
      Prepared prepared = view(picture).prepare(spec(InputSpec.ColorOrder.RGB, 2, 1), memory);
      float[] values = floats(prepared);
      assertThat(values).containsExactly(1f, 1f, 0f, 1f, 0f, 1f);
      assertThat(floats(view(picture).prepare(spec(InputSpec.ColorOrder.BGR, 2, 1), memory)))
          .containsExactly(0f, 1f, 0f, 1f, 1f, 1f);
      assertThat(prepared.shape()).containsExactly(3, 1, 2);
    }
  }

  @Test
  void a_large_jpeg_is_looked_at_in_reduced_size() throws IOException {
    BufferedImage image = new BufferedImage(960, 900, BufferedImage.TYPE_INT_RGB);

    try (Picture picture = decoded(bytes(image, "jpg"), "jpeg", 960, 900)) {
      assertThat(picture.width()).isEqualTo(480);
      assertThat(picture.height()).isEqualTo(450);
    }
  }

  @Test
  void what_cannot_be_decoded_says_so() {
    assertThat(failure(new byte[] {1, 2, 3}, 10)).isEqualTo(FailureCode.CORRUPT_IMAGE);
    assertThat(failure(new byte[] {1, 2, 3}, 5000)).isEqualTo(FailureCode.TOO_MANY_PIXELS);
  }

  @Test
  void letterbox_keeps_proportions_and_boxes_find_the_way_back() throws IOException {
    BufferedImage image = new BufferedImage(200, 100, BufferedImage.TYPE_INT_RGB);
    InputSpec spec =
        SettingsText.bind(
            """
            {datatype: uint8, layout: nhwc, width: 64, height: 64,
             resize: {mode: letterbox, interpolation: bilinear}}
            """,
            InputSpec.class);

    try (Picture picture = decoded(bytes(image, "png"), "png", 200, 100)) {
      Prepared prepared = view(picture).prepare(spec, memory);
      assertThat(prepared.bytes()).isEqualTo(64 * 64 * 3);
      assertThat(prepared.data().get(0)).isEqualTo((byte) 114);
      assertThat(prepared.data().get(32 * 64 * 3)).isZero();
      assertThat(prepared.placement().toPicture(0, 16, 32, 48))
          .isEqualTo(new io.imageaudit.model.Box(0, 0, 0.5, 1));
    }
  }

  private FailureCode failure(byte[] bytes, int side) {
    return switch (decoder.decode(bytes, facts("png", side, side), 224)) {
      case DecodeOutcome.Undecodable(var failure) -> failure.code();
      case DecodeOutcome.Decoded _ -> throw new AssertionError("decoded");
    };
  }

  private Picture decoded(byte[] bytes, String format, int width, int height) {
    return switch (decoder.decode(bytes, facts(format, width, height), 224)) {
      case DecodeOutcome.Decoded(Picture picture) -> picture;
      case DecodeOutcome.Undecodable(var failure) -> throw new AssertionError(failure);
    };
  }

  private static float[] floats(Prepared prepared) {
    float[] values = new float[prepared.bytes() / 4];
    prepared.data().duplicate().order(ByteOrder.LITTLE_ENDIAN).asFloatBuffer().get(values);
    return Arrays.copyOf(values, values.length);
  }

  private static InputSpec spec(InputSpec.ColorOrder color, int width, int height) {
    return SettingsText.bind(
        "{color: %s, width: %d, height: %d}".formatted(color, width, height), InputSpec.class);
  }

  private static View view(Picture picture) {
    return picture.views().getFirst();
  }

  private static byte[] bytes(BufferedImage image, String format) throws IOException {
    ByteArrayOutputStream file = new ByteArrayOutputStream();
    assertThat(ImageIO.write(image, format, file)).isTrue();
    return file.toByteArray();
  }

  private static ImageFacts facts(String format, int width, int height) {
    return new ImageFacts(ContentDigest.of(new byte[0]), format, width, height, 1, 1, null);
  }
}
