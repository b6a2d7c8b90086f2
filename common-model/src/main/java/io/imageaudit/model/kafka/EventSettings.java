package io.imageaudit.model.kafka;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * How events travel.
 *
 * @param partitions of each event topic that does not exist yet; at least the number of replicas
 *     that any one service will ever have
 * @param attempts tries at a record whose failure is not known to pass, before it is put aside
 * @param endsAudits whether an audit ends as FAILED when the event that carries it on is put aside;
 *     not where the event carries nothing on, as in a read model
 */
@ConfigurationProperties("image-audit.events")
public record EventSettings(
    @DefaultValue("12") int partitions,
    @DefaultValue("4") int attempts,
    @DefaultValue("true") boolean endsAudits) {

  /**
   * Checks the numbers.
   *
   * @throws IllegalArgumentException when one is below 1
   */
  public EventSettings {
    if (partitions < 1) {
      throw new IllegalArgumentException("partitions: " + partitions + " (expected: >= 1)");
    }
    if (attempts < 1) {
      throw new IllegalArgumentException("attempts: " + attempts + " (expected: >= 1)");
    }
  }
}
