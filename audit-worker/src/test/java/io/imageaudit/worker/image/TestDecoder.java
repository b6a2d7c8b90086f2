package io.imageaudit.worker.image;

import io.imageaudit.model.ContentDigest;
import io.imageaudit.model.ImageFacts;
import io.imageaudit.worker.SettingsText;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import javax.imageio.ImageIO;

/** The worker's decoder, for tests of other packages, too. */
public final class TestDecoder {

  private TestDecoder() {}

  /** A decoder with the settings that count when none are made. */
  public static ImageDecoder get() {
    return with("");
  }

  /** A decoder with these settings. */
  public static ImageDecoder with(String settings) {
    return new OpenCvDecoder(SettingsText.bind(settings, DecodeSettings.class));
  }

  /** A black picture of this side, opened and never closed. */
  public static Picture gray(int side) {
    return gray(side, 0);
  }

  /** A picture of this side and brightness, 0..255, opened and never closed. */
  public static Picture gray(int side, int brightness) {
    BufferedImage image = new BufferedImage(side, side, BufferedImage.TYPE_BYTE_GRAY);
    for (int at = 0; at < side * side; at++) {
      image.getRaster().setSample(at % side, at / side, 0, brightness);
    }
    ByteArrayOutputStream file = new ByteArrayOutputStream();
    try {
      ImageIO.write(image, "png", file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    byte[] bytes = file.toByteArray();
    ImageFacts facts =
        new ImageFacts(ContentDigest.of(bytes), "png", side, side, bytes.length, 1, null);
    return switch (get().decode(bytes, facts, side)) {
      case DecodeOutcome.Decoded(Picture picture) -> picture;
      case DecodeOutcome.Undecodable(var failure) -> throw new AssertionError(failure);
    };
  }
}
