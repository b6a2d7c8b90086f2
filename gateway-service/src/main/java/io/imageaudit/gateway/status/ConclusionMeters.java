package io.imageaudit.gateway.status;

import io.imageaudit.model.AuditStatus;
import io.imageaudit.model.event.AuditConcluded;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;

/**
 * Counts audits that ended, each once over all instances and repetitions: {@code
 * image_audit_concluded_total} by how and whether within the deadline, {@code
 * image_audit_concluded_seconds} from accepted to ended. The sum of the first is the count of the
 * second.
 */
final class ConclusionMeters {

  private static final String NAME = "image.audit.concluded";

  private final MeterRegistry registry;
  private final Timer time;

  ConclusionMeters(MeterRegistry registry) {
    this.registry = registry;
    this.time =
        Timer.builder(NAME)
            .description("from accepted to ended")
            .publishPercentileHistogram()
            .minimumExpectedValue(Duration.ofMillis(5))
            .maximumExpectedValue(Duration.ofMinutes(10))
            .register(registry);
    for (AuditStatus status : AuditStatus.values()) {
      if (status.isFinal()) {
        counter(status, true);
        counter(status, false);
      }
    }
  }

  /** Counts the first end of an audit. */
  void count(AuditConcluded end) {
    boolean onTime = !end.concludedAt().isAfter(end.request().deadline());
    counter(end.status(), onTime).increment();
    time.record(Duration.between(end.request().submittedAt(), end.concludedAt()));
  }

  private Counter counter(AuditStatus status, boolean onTime) {
    return Counter.builder(NAME)
        .description("audits that ended")
        .tag("status", status.name())
        .tag("on_time", Boolean.toString(onTime))
        .register(registry);
  }
}
