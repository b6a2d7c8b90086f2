package io.imageaudit.notification.access;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * How much the calls of the internal API may take from those who deliver.
 *
 * @param mostAtATime most calls at a time that hold a connection to the database
 * @param timeLimit longest time of one call; shorter than the gateway waits for the answer
 */
@ConfigurationProperties("image-audit.management")
record ManagementSettings(
    @DefaultValue("4") int mostAtATime, @DefaultValue("4s") Duration timeLimit) {

  /**
   * Checks the values.
   *
   * @throws IllegalArgumentException when one is out of its range
   */
  ManagementSettings {
    if (mostAtATime < 1) {
      throw new IllegalArgumentException("most-at-a-time: " + mostAtATime + " (expected: >= 1)");
    }
    if (!timeLimit.isPositive()) {
      throw new IllegalArgumentException("time-limit: " + timeLimit + " (expected: > 0)");
    }
  }
}
