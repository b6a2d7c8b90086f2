package io.imageaudit.worker.image;

import java.time.Duration;
import java.time.Instant;

/** There was no memory for a picture or a tensor until it was of no more use. */
public final class NoRoomException extends RuntimeException {

  private static final long serialVersionUID = 1;

  /** No wait is longer: where nobody waits for the outcome, it may as well fail. */
  private static final Duration LONGEST = Duration.ofDays(1);

  NoRoomException(String what) {
    super(what);
  }

  /** How long something may be waited for, nanoseconds. */
  static long nanosUntil(Instant until) {
    Instant now = Instant.now();
    Instant latest = now.plus(LONGEST);
    return Duration.between(now, until.isBefore(latest) ? until : latest).toNanos();
  }
}
