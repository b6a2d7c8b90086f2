package io.imageaudit.gateway.quota;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;

/**
 * How much each tenant may submit.
 *
 * @param rate images per second in the long run
 * @param burst images at once after a pause
 * @param bytesPerDay bytes of uploaded images within any 24 hours
 * @param shared where instances count together
 */
@ConfigurationProperties("image-audit.quota")
public record QuotaSettings(
    @DefaultValue("100") int rate,
    @DefaultValue("200") int burst,
    @DefaultValue("100GB") DataSize bytesPerDay,
    @DefaultValue("none") Shared shared) {

  /** Where instances count together. */
  public enum Shared {
    /** Nowhere: each instance allows the whole quota. */
    NONE,
    /** In the service's own database: exact over all instances, one statement per submission. */
    POSTGRESQL
  }

  /**
   * Checks the numbers.
   *
   * @throws IllegalArgumentException when one is below 1
   */
  public QuotaSettings {
    if (rate < 1 || burst < 1 || bytesPerDay.toBytes() < 1) {
      throw new IllegalArgumentException(
          "rate, burst, bytes-per-day: "
              + rate
              + ", "
              + burst
              + ", "
              + bytesPerDay
              + " (expected: >= 1)");
    }
  }

  /** Seconds in which an empty bucket is full again. */
  long window() {
    return Math.max(1, Math.ceilDiv(burst, rate));
  }
}
