package io.imageaudit.gateway.deadline;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * When audits end without a verdict.
 *
 * @param grace how long after its deadline an audit may still be concluded by a worker
 * @param interval pause between two looks for overdue audits
 */
@ConfigurationProperties("image-audit.deadline")
record DeadlineSettings(
    @DefaultValue("10s") Duration grace, @DefaultValue("1s") Duration interval) {

  /**
   * Checks the times.
   *
   * @throws IllegalArgumentException when one makes no sense
   */
  DeadlineSettings {
    if (grace.isNegative()) {
      throw new IllegalArgumentException("grace: " + grace + " (expected: >= 0)");
    }
    if (interval.toMillis() < 1) {
      throw new IllegalArgumentException("interval: " + interval + " (expected: >= 1 ms)");
    }
  }
}
