package io.imageaudit.gateway.quota;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;

/**
 * How much each tenant may submit, per instance.
 *
 * @param rate images per second in the long run
 * @param burst images at once after a pause
 * @param bytesPerDay bytes of uploaded images within any 24 hours
 */
@ConfigurationProperties("image-audit.quota")
public record QuotaSettings(
    @DefaultValue("100") int rate,
    @DefaultValue("200") int burst,
    @DefaultValue("100GB") DataSize bytesPerDay) {

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
