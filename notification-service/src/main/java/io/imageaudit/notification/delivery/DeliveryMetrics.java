package io.imageaudit.notification.delivery;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;

/** What the service says of its deliveries to whoever watches it. No label names a tenant. */
final class DeliveryMetrics {

  private static final Duration[] BUCKETS =
      Arrays.stream(
              new long[] {
                50,
                100,
                250,
                500,
                1000,
                2500,
                5000,
                10_000,
                30_000,
                60_000,
                600_000,
                3_600_000,
                36_000_000
              })
          .mapToObj(Duration::ofMillis)
          .toArray(Duration[]::new);

  private final InstantSource clock;
  private final Map<Outcome, Counter> attempts = new EnumMap<>(Outcome.class);
  private final Timer delivered;

  private volatile Backlog backlog = Backlog.NONE;

  /** What came of an attempt; the names in lower case are values of the label. */
  private enum Outcome {
    DELIVERED,
    FAILED,
    DEFERRED,
    GIVEN_UP,
    REFUSED
  }

  DeliveryMetrics(MeterRegistry registry, InstantSource clock) {
    this.clock = clock;
    for (Outcome outcome : Outcome.values()) {
      attempts.put(
          outcome,
          Counter.builder("image_audit.delivery.attempts")
              .description("Attempts to deliver a callback")
              .tag("outcome", outcome.name().toLowerCase(Locale.ROOT))
              .register(registry));
    }
    this.delivered =
        Timer.builder("image_audit.delivered")
            .description("From the end of an audit to the receiver's 2xx")
            .serviceLevelObjectives(BUCKETS)
            .register(registry);
    Gauge.builder("image_audit.delivery.due", () -> backlog.due())
        .description("Deliveries that are due and that nothing stands in the way of")
        .register(registry);
    Gauge.builder("image_audit.delivery.due.lag", () -> backlog.oldest().toMillis() / 1000.0)
        .description("How long the oldest of them has been due")
        .baseUnit("seconds")
        .register(registry);
  }

  /** An attempt has been made. What was asked for again says nothing about how fast we are. */
  void attempted(Settlement settlement) {
    Outcome outcome = outcome(settlement);
    Objects.requireNonNull(attempts.get(outcome)).increment();
    Claim claim = settlement.claim();
    if (outcome == Outcome.DELIVERED && claim.attempt() == claim.turn()) {
      delivered.record(Duration.between(claim.occurredAt(), clock.instant()));
    }
  }

  void waiting(Backlog now) {
    backlog = now;
  }

  private static Outcome outcome(Settlement settlement) {
    return switch (settlement.outcome()) {
      case DeliveryOutcome.Delivered _ -> Outcome.DELIVERED;
      case DeliveryOutcome.RetryAfterPause _ -> Outcome.FAILED;
      case DeliveryOutcome.Deferred _ -> Outcome.DEFERRED;
      case DeliveryOutcome.GivenUp end ->
          end.reason() == DeliveryOutcome.Reason.FORBIDDEN_ADDRESS
              ? Outcome.REFUSED
              : Outcome.GIVEN_UP;
    };
  }
}
