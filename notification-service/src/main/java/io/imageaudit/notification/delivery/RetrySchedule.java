package io.imageaudit.notification.delivery;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.random.RandomGenerator;

/**
 * When to try again: a pause before each attempt, spread at random so that receivers that fell
 * together do not rise together.
 *
 * @param pauses before each attempt, the first included
 * @param jitter share by which a pause varies, 0..1
 */
record RetrySchedule(List<Duration> pauses, double jitter) {

  /**
   * Copies the pauses.
   *
   * @throws IllegalArgumentException when there is none, one is negative, or the jitter is not
   *     within 0..1
   */
  RetrySchedule {
    pauses = List.copyOf(pauses);
    if (pauses.isEmpty() || pauses.stream().anyMatch(Duration::isNegative)) {
      throw new IllegalArgumentException(
          "retry-schedule: " + pauses + " (expected: at least one pause, each >= 0)");
    }
    if (!(jitter >= 0 && jitter <= 1)) {
      throw new IllegalArgumentException("jitter: " + jitter + " (expected: 0..1)");
    }
  }

  /**
   * The pause after a failed attempt; empty when it was the last.
   *
   * @param attempt which one failed, from 1
   */
  Optional<Duration> after(int attempt, RandomGenerator random) {
    if (attempt >= pauses.size()) {
      return Optional.empty();
    }
    double factor = 1 - jitter + 2 * jitter * random.nextDouble();
    return Optional.of(Duration.ofMillis(Math.round(pauses.get(attempt).toMillis() * factor)));
  }
}
