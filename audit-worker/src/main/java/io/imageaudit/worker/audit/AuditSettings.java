package io.imageaudit.worker.audit;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * How audits run.
 *
 * @param consumers threads that hear events
 * @param reserve time before an audit's deadline that is kept for deciding, recording and saying
 * @param holdAtMost longest time that a record is held in memory while a model is away, before it
 *     is given back to Kafka to be read again
 * @param holdAgain shortest time for which giving a record back is worth while
 * @param finishEvery how often audits with a degraded verdict are looked at again
 * @param worker name of this process in audit records; empty for the host's name
 */
@ConfigurationProperties("image-audit.audit")
public record AuditSettings(
    @DefaultValue("4") int consumers,
    @DefaultValue("1s") Duration reserve,
    @DefaultValue("20s") Duration holdAtMost,
    @DefaultValue("3s") Duration holdAgain,
    @DefaultValue("10s") Duration finishEvery,
    @DefaultValue("") String worker) {

  /**
   * Checks the numbers.
   *
   * @throws IllegalArgumentException when one is out of range
   */
  public AuditSettings {
    if (consumers < 1) {
      throw new IllegalArgumentException("consumers: " + consumers + " (expected: >= 1)");
    }
    if (reserve.isNegative()) {
      throw new IllegalArgumentException("reserve: " + reserve + " (expected: >= 0)");
    }
    if (holdAtMost.isNegative() || holdAtMost.isZero()) {
      throw new IllegalArgumentException("hold-at-most: " + holdAtMost + " (expected: > 0)");
    }
  }
}
