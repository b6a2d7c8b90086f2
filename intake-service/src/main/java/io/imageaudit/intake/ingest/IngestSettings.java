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
 * @param lease after which another replica takes a submission over from the slow lane; longer than
 *     any ingestion takes
 * @param attempts tries at a submission on the slow lane before it is given up
 */
@ConfigurationProperties("image-audit.ingest")
record IngestSettings(
    @DefaultValue("1s") Duration patience,
    @DefaultValue("256") int slowLane,
    @DefaultValue("60s") Duration lease,
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
    if (lease.compareTo(patience) <= 0) {
      throw new IllegalArgumentException("lease: " + lease + " (expected: > patience)");
    }
    if (attempts < 1) {
      throw new IllegalArgumentException("attempts: " + attempts + " (expected: >= 1)");
    }
  }
}
