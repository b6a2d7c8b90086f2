package io.imageaudit.worker.policy;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Where policies are.
 *
 * @param directory one file {@code <strategy>.yaml} per strategy
 * @param refresh how often the files are looked at
 */
@ConfigurationProperties("image-audit.policy")
public record PolicySettings(
    @DefaultValue("policies") String directory, @DefaultValue("5s") Duration refresh) {

  /**
   * Checks the period.
   *
   * @throws IllegalArgumentException when it is not positive
   */
  public PolicySettings {
    if (refresh.isZero() || refresh.isNegative()) {
      throw new IllegalArgumentException("refresh: " + refresh + " (expected: > 0)");
    }
  }
}
