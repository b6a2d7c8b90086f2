package io.imageaudit.worker.image;

import static org.assertj.core.api.Assertions.assertThat;

import io.imageaudit.model.Box;
import io.imageaudit.model.ContentDigest;
import io.imageaudit.model.Coverage;
import io.imageaudit.model.ImageFacts;
import io.imageaudit.worker.SettingsText;
import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteOrder;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import javax.imageio.IIOImage;
import javax.imageio.ImageIO;
import javax.imageio.ImageTypeSpecifier;
import javax.imageio.ImageWriter;
import javax.imageio.stream.ImageOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Animations and long pictures: what of them is looked at. */
class ViewsTest {

  private static final InputSpec PIXEL =
      SettingsText.bind("{datatype: uint8, layout: nhwc, width: 1, height: 1}", InputSpec.class);

  private final TensorMemory memory = new TensorMemory(1 << 10);

  @ParameterizedTest
  @CsvSource({"1000000", "3000"}) // All frames in one go; one by one.
  void frames_of_an_animation_are_spread_evenly(long maxPixels) {
    ImageDecoder decoder = decoder("{max-frames: 3, max-pixels: %d}".formatted(maxPixels));

    try (Picture picture = decoded(decoder, gif(50, 40, 9), "gif", 50, 40, 9)) {
      assertThat(picture.coverage()).isEqualTo(new Coverage(9, 3, 1, 1));
      // Frame n is a grey of 20 n.
      assertThat(colors(picture)).containsExactly(0, 80, 160);
    }
  }

  @Test
  void an_animation_of_fewer_frames_is_seen_whole() {
    try (Picture picture = decoded(decoder("{}"), gif(50, 40, 5), "gif", 50, 40, 5)) {
      assertThat(picture.coverage()).isEqualTo(new Coverage(5, 5, 1, 1));
      assertThat(colors(picture)).containsExactly(0, 20, 40, 60, 80);
    }
  }

  @Test
  void a_long_picture_is_seen_in_tiles_and_boxes_find_the_way_back() {
    BufferedImage image = new BufferedImage(100, 1000, BufferedImage.TYPE_INT_RGB);
    Graphics2D g = image.createGraphics();
    g.setColor(Color.WHITE);
    g.fillRect(0, 900, 100, 100);
    g.dispose();

    try (Picture picture = decoded(decoder("{}"), png(image), "png", 100, 1000, 1)) {
      // (1000 - 100) / 80, rounded up, and one.
      assertThat(picture.coverage()).isEqualTo(new Coverage(1, 1, 13, 12));
      assertThat(colors(picture).getFirst()).isZero();
      assertThat(colors(picture).getLast()).isEqualTo(255);
      assertThat(picture.views().getLast().toImage(new Box(0.5, 0, 0.5, 1)))
          .isEqualTo(new Box(0.5, 0.9, 0.5, 0.1));
    }
  }

  @Test
  void an_animation_of_long_frames_has_no_more_views_than_allowed() {
    try (Picture picture =
        decoded(decoder("{max-frames: 4, max-tiles: 8}"), gif(20, 400, 6), "gif", 20, 400, 6)) {
      assertThat(picture.coverage()).isEqualTo(new Coverage(6, 4, 25, 2));
      assertThat(picture.views()).hasSize(8);
    }
  }

  @Test
  void decoded_pictures_take_no_more_memory_than_they_may() {
    PictureMemory pictures = new PictureMemory(10_240);
    PictureMemory.Share whole = pictures.take(1 << 20, Instant.MAX);
    List<PictureMemory.Share> later = new ArrayList<>();
    Thread waiting = Thread.startVirtualThread(() -> later.add(pictures.take(5000, Instant.MAX)));

    assertThat(later).isEmpty();
    whole.shrinkTo(4096);

    org.awaitility.Awaitility.await().until(() -> !waiting.isAlive());
    assertThat(later).hasSize(1);
    whole.run();
    later.getFirst().run();
    pictures.take(10_240, Instant.MAX).run();
  }

  private List<Integer> colors(Picture picture) {
    return picture.views().stream()
        .map(view -> {
          try (Prepared prepared = view.prepare(PIXEL, memory)) {
            return prepared.data().duplicate().order(ByteOrder.LITTLE_ENDIAN).get(0) & 0xff;
          }
        })
        .toList();
  }

  private static ImageDecoder decoder(String settings) {
    return new OpenCvDecoder(SettingsText.bind(settings, DecodeSettings.class));
  }

  private static Picture decoded(
      ImageDecoder decoder, byte[] file, String format, int width, int height, int frames) {
    ImageFacts facts =
        new ImageFacts(ContentDigest.of(file), format, width, height, file.length, frames, null);
    return switch (decoder.decode(file, facts, 100)) {
      case DecodeOutcome.Decoded(Picture picture) -> picture;
      case DecodeOutcome.Undecodable(var failure) -> throw new AssertionError(failure);
    };
  }

  private static byte[] gif(int width, int height, int frames) {
    ByteArrayOutputStream file = new ByteArrayOutputStream();
    ImageWriter writer = ImageIO.getImageWritersByFormatName("gif").next();
    try (ImageOutputStream out = ImageIO.createImageOutputStream(file)) {
      writer.setOutput(out);
      writer.prepareWriteSequence(null);
      for (BufferedImage frame :
          IntStream.range(0, frames).mapToObj(n -> plain(width, height, 20 * n)).toList()) {
        var metadata =
            writer.getDefaultImageMetadata(
                new ImageTypeSpecifier(frame), writer.getDefaultWriteParam());
        writer.writeToSequence(new IIOImage(frame, null, metadata), null);
      }
      writer.endWriteSequence();
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    } finally {
      writer.dispose();
    }
    return file.toByteArray();
  }

  private static BufferedImage plain(int width, int height, int level) {
    BufferedImage image = new BufferedImage(width, height, BufferedImage.TYPE_BYTE_GRAY);
    for (int at = 0; at < width * height; at++) {
      image.getRaster().setSample(at % width, at / width, 0, level);
    }
    return image;
  }

  private static byte[] png(BufferedImage image) {
    ByteArrayOutputStream file = new ByteArrayOutputStream();
    try {
      ImageIO.write(image, "png", file);
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
    return file.toByteArray();
  }
}
