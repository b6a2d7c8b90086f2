package io.imageaudit.notification.tenant;

import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What holds for one tenant.
 *
 * @param retrySchedule pause before each attempt, the first included, each 0..7 days; 1 to 20 of
 *     them; null for the schedule of the service
 * @param verifyEndpoints whether its subscribed receivers are told nothing until they have answered
 *     a challenge; null for what holds in the service
 */
public record TenantRules(
    @Nullable List<Duration> retrySchedule, @Nullable Boolean verifyEndpoints) {

  static final TenantRules NONE = new TenantRules(null, null);

  private static final int MOST_PAUSES = 20;
  private static final Duration LONGEST_PAUSE = Duration.ofDays(7);

  /**
   * Copies the pauses.
   *
   * @throws IllegalArgumentException when there are too few or too many, or one is out of its range
   */
  public TenantRules {
    if (retrySchedule != null) {
      retrySchedule = List.copyOf(retrySchedule);
      boolean fits = !retrySchedule.isEmpty() && retrySchedule.size() <= MOST_PAUSES;
      if (!fits || retrySchedule.stream().anyMatch(TenantRules::isOutOfRange)) {
        throw new IllegalArgumentException(
            "retry-schedule: " + retrySchedule + " (expected: 1..20 pauses, each 0..7 days)");
      }
    }
  }

  private static boolean isOutOfRange(Duration pause) {
    return pause.isNegative() || pause.compareTo(LONGEST_PAUSE) > 0;
  }

  /** These rules, and where they say nothing, the others. */
  TenantRules orElse(TenantRules others) {
    return new TenantRules(
        retrySchedule == null ? others.retrySchedule : retrySchedule,
        verifyEndpoints == null ? others.verifyEndpoints : verifyEndpoints);
  }
}
