package io.imageaudit.notification.delivery;

import java.time.Duration;
import java.util.List;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * How deliveries are worked off.
 *
 * @param retrySchedule pause before each attempt, the first included; its length is the number of
 *     attempts
 * @param jitter share by which a pause is made longer or shorter at random, 0..1
 * @param lease how long a claimed delivery stays with a replica that is gone; renewed while an
 *     attempt lasts
 * @param maxInFlight most attempts at a time in this replica
 * @param maxInFlightPerTenant most attempts at a time for one tenant in this replica
 * @param pollInterval pause between looks for due deliveries when nothing wakes the replica
 * @param sweepInterval pause between searches for due deliveries that nobody was woken for
 * @param replayInterval pause between steps of a replay, each of up to 100 deliveries, all replicas
 *     together
 * @param keepAttempts how long tries are kept, whole days
 * @param keepEvents how long events, ended deliveries and receivers that nobody subscribed are kept
 *     after their last use
 */
@ConfigurationProperties("image-audit.delivery")
record DeliverySettings(
    @DefaultValue({"0s", "5s", "5m", "30m", "2h", "5h", "10h", "14h", "20h", "24h"})
        List<Duration> retrySchedule,
    @DefaultValue("0.2") double jitter,
    @DefaultValue("10s") Duration lease,
    @DefaultValue("1000") int maxInFlight,
    @DefaultValue("500") int maxInFlightPerTenant,
    @DefaultValue("200ms") Duration pollInterval,
    @DefaultValue("5s") Duration sweepInterval,
    @DefaultValue("1s") Duration replayInterval,
    @DefaultValue("30d") Duration keepAttempts,
    @DefaultValue("90d") Duration keepEvents) {

  /**
   * Checks the values.
   *
   * @throws IllegalArgumentException when one is out of its range
   */
  DeliverySettings {
    retrySchedule = List.copyOf(retrySchedule);
    requirePositive("lease", lease);
    requirePositive("poll-interval", pollInterval);
    requirePositive("sweep-interval", sweepInterval);
    requirePositive("replay-interval", replayInterval);
    requirePositive("keep-attempts", keepAttempts);
    requirePositive("keep-events", keepEvents);
    requirePositive("max-in-flight", maxInFlight);
    requirePositive("max-in-flight-per-tenant", maxInFlightPerTenant);
  }

  private static void requirePositive(String field, Duration value) {
    if (!value.isPositive()) {
      throw new IllegalArgumentException(field + ": " + value + " (expected: > 0)");
    }
  }

  private static void requirePositive(String field, int value) {
    if (value < 1) {
      throw new IllegalArgumentException(field + ": " + value + " (expected: >= 1)");
    }
  }
}
