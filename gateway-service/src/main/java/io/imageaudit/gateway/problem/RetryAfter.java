package io.imageaudit.gateway.problem;

import java.time.Duration;

/** The {@code Retry-After} header (RFC 9110, section 10.2.3), in its form as seconds. */
final class RetryAfter {

  private RetryAfter() {}

  /** Whole seconds, rounded up, at least 1. */
  static String header(Duration pause) {
    return Long.toString(Math.max(1, pause.plusNanos(999_999_999).toSeconds()));
  }
}
