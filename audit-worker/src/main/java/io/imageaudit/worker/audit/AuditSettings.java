package io.imageaudit.worker.audit;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * How audits run.
 *
 * @param consumers threads that hear events
 * @param reserve time before an audit's deadline that is kept for deciding, recording and saying
 * @param hold longest that audits wait for models that are away, if their deadlines allow; what
 *     lies behind them in Kafka waits with them
 * @param patience how long a consumer waits for the audits of a poll before it pauses its
 *     partitions until they have ended
 * @param drain how long audits that run may go on when the worker stops; what has not ended by then
 *     is heard again by another worker
 * @param finishEvery how often audits with a degraded verdict are looked at again
 * @param worker name of this process in audit records; empty for the host's name
 */
@ConfigurationProperties("image-audit.audit")
public record AuditSettings(
    @DefaultValue("4") int consumers,
    @DefaultValue("1s") Duration reserve,
    @DefaultValue("30s") Duration hold,
    @DefaultValue("250ms") Duration patience,
    @DefaultValue("8s") Duration drain,
    @DefaultValue("10s") Duration finishEvery,
    @DefaultValue("") String worker) {

  /** Far below the time after which Kafka takes partitions away from a silent consumer. */
  private static final Duration LONGEST_PATIENCE = Duration.ofMinutes(1);

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
    if (hold.isNegative()) {
      throw new IllegalArgumentException("hold: " + hold + " (expected: >= 0)");
    }
    if (patience.isNegative() || patience.compareTo(LONGEST_PATIENCE) > 0) {
      throw new IllegalArgumentException("patience: " + patience + " (expected: 0s..60s)");
    }
    if (drain.isNegative()) {
      throw new IllegalArgumentException("drain: " + drain + " (expected: >= 0)");
    }
  }
}
