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
 * @param parallel pictures decoded at the same time; 0 for one per processor
 */
@ConfigurationProperties("image-audit.decode")
public record DecodeSettings(
    @DefaultValue("50000000") long maxPixels,
    @DefaultValue("256MB") DataSize tensorMemory,
    @DefaultValue("0") int parallel) {

  /**
   * Checks the limits.
   *
   * @throws IllegalArgumentException when one is out of range
   */
  public DecodeSettings {
    if (maxPixels < 1) {
      throw new IllegalArgumentException("max-pixels: " + maxPixels + " (expected: >= 1)");
    }
    if (parallel < 0) {
      throw new IllegalArgumentException("parallel: " + parallel + " (expected: >= 0)");
    }
    parallel = parallel == 0 ? Runtime.getRuntime().availableProcessors() : parallel;
  }
}
