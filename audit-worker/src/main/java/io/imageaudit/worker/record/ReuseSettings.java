package io.imageaudit.worker.record;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Whether a verdict counts for other audits of the same content.
 *
 * @param enabled whether it does
 * @param maxAge oldest verdict that does
 * @param cacheSize verdicts that are kept in memory
 */
@ConfigurationProperties("image-audit.reuse")
public record ReuseSettings(
    @DefaultValue("true") boolean enabled,
    @DefaultValue("24h") Duration maxAge,
    @DefaultValue("10000") int cacheSize) {

  /**
   * Checks the numbers.
   *
   * @throws IllegalArgumentException when one is out of range
   */
  public ReuseSettings {
    if (maxAge.isNegative() || maxAge.isZero()) {
      throw new IllegalArgumentException("max-age: " + maxAge + " (expected: > 0)");
    }
    if (cacheSize < 0) {
      throw new IllegalArgumentException("cache-size: " + cacheSize + " (expected: >= 0)");
    }
  }
}
