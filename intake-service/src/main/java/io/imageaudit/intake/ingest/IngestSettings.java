package io.imageaudit.intake.ingest;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * How submissions are worked off.
 *
 * @param patience how long a batch is waited for; a submission that takes longer is put on the slow
 *     lane, so that the others of its partition do not wait for it
 * @param slowLane most submissions that are in work beyond their batch; further ones are waited for
 * @param lease after which another replica takes a submission over from the slow lane, when the one
 *     that works on it has died; renewed as long as it lives
 * @param takeOverEvery pause between two renewals of leases, and two looks for submissions on the
 *     slow lane that a dead replica left
 * @param retryAfter pause before a submission on the slow lane that failed is tried again
 * @param attempts tries at a submission on the slow lane before it is given up
 */
@ConfigurationProperties("image-audit.ingest")
record IngestSettings(
    @DefaultValue("1s") Duration patience,
    @DefaultValue("256") int slowLane,
    @DefaultValue("15s") Duration lease,
    @DefaultValue("5s") Duration takeOverEvery,
    @DefaultValue("2s") Duration retryAfter,
    @DefaultValue("4") int attempts) {

  /**
   * Checks the numbers.
   *
   * @throws IllegalArgumentException when one makes no sense
   */
  IngestSettings {
    if (patience.isNegative()) {
      throw new IllegalArgumentException("patience: " + patience + " (expected: >= 0)");
    }
    if (slowLane < 1) {
      throw new IllegalArgumentException("slow-lane: " + slowLane + " (expected: >= 1)");
    }
    if (takeOverEvery.isNegative() || takeOverEvery.isZero()) {
      throw new IllegalArgumentException("take-over-every: " + takeOverEvery + " (expected: > 0)");
    }
    if (lease.compareTo(takeOverEvery.multipliedBy(2)) < 0) {
      throw new IllegalArgumentException("lease: " + lease + " (expected: >= 2 x take-over-every)");
    }
    if (retryAfter.isNegative()) {
      throw new IllegalArgumentException("retry-after: " + retryAfter + " (expected: >= 0)");
    }
    if (attempts < 1) {
      throw new IllegalArgumentException("attempts: " + attempts + " (expected: >= 1)");
    }
  }
}
