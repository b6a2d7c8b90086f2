package io.imageaudit.intake.image;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;

/**
 * Which images are accepted. All of it is checked before anything is decoded.
 *
 * @param minSide shortest side, pixels
 * @param maxSide longest side, pixels
 * @param maxRatio longest side over shortest side must be below this
 * @param maxPixels of one frame
 * @param maxFrames of an animation
 * @param maxAnimationPixels of all frames together
 * @param maxDecodedBytes of one frame, decoded in the depth of the file
 * @param maxScans passes of a progressive JPEG
 * @param maxWork components times pixels over all passes of a JPEG
 */
@ConfigurationProperties("image-audit.image")
record ImageSettings(
    @DefaultValue("50") int minSide,
    @DefaultValue("16384") int maxSide,
    @DefaultValue("90") int maxRatio,
    @DefaultValue("50000000") long maxPixels,
    @DefaultValue("300") int maxFrames,
    @DefaultValue("250000000") long maxAnimationPixels,
    @DefaultValue("256MB") DataSize maxDecodedBytes,
    @DefaultValue("64") int maxScans,
    @DefaultValue("2000000000") long maxWork) {

  /**
   * Checks the numbers.
   *
   * @throws IllegalArgumentException when one is not positive
   */
  ImageSettings {
    positive("min-side", minSide);
    positive("max-side", maxSide);
    positive("max-ratio", maxRatio);
    positive("max-pixels", maxPixels);
    positive("max-frames", maxFrames);
    positive("max-animation-pixels", maxAnimationPixels);
    positive("max-decoded-bytes", maxDecodedBytes.toBytes());
    positive("max-scans", maxScans);
    positive("max-work", maxWork);
  }

  private static void positive(String field, long value) {
    if (value < 1) {
      throw new IllegalArgumentException(field + ": " + value + " (expected: >= 1)");
    }
  }
}
