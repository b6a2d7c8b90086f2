package io.imageaudit.worker.audit;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Collection;
import java.util.Comparator;

/**
 * How long a poll is held while models are away. What lies behind it in its partitions is not seen
 * meanwhile, and may be due as early as the first of the poll: so it is held until that one must be
 * decided, and the others are decided with it. One that is due almost at once does not count: it
 * would take the others' time.
 *
 * @param reserve time before an audit's deadline that is kept for deciding
 * @param longest longest hold; behind an audit with a far deadline others may wait
 */
record Holding(Duration reserve, Duration longest, InstantSource clock) {

  private static final Duration ALMOST_AT_ONCE = Duration.ofSeconds(3);

  /** When a poll with these deadlines that is heard now must have been decided. */
  Instant until(Collection<Instant> deadlines) {
    Instant now = clock.instant();
    Instant latest = now.plus(longest);
    return deadlines.stream()
        .map(deadline -> deadline.minus(reserve))
        .filter(due -> due.isAfter(now.plus(ALMOST_AT_ONCE)) && due.isBefore(latest))
        .min(Comparator.naturalOrder())
        .orElse(latest);
  }
}
