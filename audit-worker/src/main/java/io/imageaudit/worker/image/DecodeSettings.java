package io.imageaudit.worker.image;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;

/**
 * Limits of decoding.
 *
 * @param maxPixels width x height of the largest picture that is decoded
 * @param tensorMemory memory for tensors that models are about to see, at most two fifths of {@code
 *     -XX:MaxDirectMemorySize}; more pictures wait
 * @param pictureMemory memory for decoded pictures that are being looked at; more pictures wait
 * @param maxFrames frames of an animation that are looked at, spread evenly
 * @param maxTiles tiles of a long picture that are looked at, spread evenly
 * @param parallel pictures decoded at the same time; 0 for one per processor
 */
@ConfigurationProperties("image-audit.decode")
public record DecodeSettings(
    @DefaultValue("50000000") long maxPixels,
    @DefaultValue("256MB") DataSize tensorMemory,
    @DefaultValue("512MB") DataSize pictureMemory,
    @DefaultValue("8") int maxFrames,
    @DefaultValue("12") int maxTiles,
    @DefaultValue("0") int parallel) {

  private static final int MOST_VIEWS = 300;

  /**
   * Checks the limits.
   *
   * @throws IllegalArgumentException when one is out of range
   */
  public DecodeSettings {
    if (maxPixels < 1) {
      throw new IllegalArgumentException("max-pixels: " + maxPixels + " (expected: >= 1)");
    }
    requireViews("max-frames", maxFrames);
    requireViews("max-tiles", maxTiles);
    if (parallel < 0) {
      throw new IllegalArgumentException("parallel: " + parallel + " (expected: >= 0)");
    }
    parallel = parallel == 0 ? Runtime.getRuntime().availableProcessors() : parallel;
  }

  /** Names what part of an image is looked at. */
  public String viewing() {
    return maxFrames + "x" + maxTiles;
  }

  private static void requireViews(String field, int number) {
    if (number < 1 || number > MOST_VIEWS) {
      throw new IllegalArgumentException(
          field + ": " + number + " (expected: 1.." + MOST_VIEWS + ")");
    }
  }
}
