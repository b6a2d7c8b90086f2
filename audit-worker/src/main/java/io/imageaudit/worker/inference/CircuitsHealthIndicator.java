package io.imageaudit.worker.inference;

import io.github.resilience4j.circuitbreaker.CircuitBreaker;
import io.github.resilience4j.circuitbreaker.CircuitBreakerRegistry;
import java.util.Map;
import java.util.stream.Collectors;
import org.springframework.boot.health.contributor.AbstractHealthIndicator;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.Status;

/**
 * DEGRADED while the circuit to a model is not closed. That is shown and fatal to nothing: audits
 * are held or get degraded verdicts meanwhile, and no restart brings a model back.
 */
final class CircuitsHealthIndicator extends AbstractHealthIndicator {

  static final Status DEGRADED = new Status("DEGRADED");

  private final CircuitBreakerRegistry circuits;

  CircuitsHealthIndicator(CircuitBreakerRegistry circuits) {
    super("the circuits cannot be read");
    this.circuits = circuits;
  }

  @Override
  protected void doHealthCheck(Health.Builder health) {
    Map<String, CircuitBreaker.State> states =
        circuits.getAllCircuitBreakers().stream()
            .collect(Collectors.toMap(CircuitBreaker::getName, CircuitBreaker::getState));
    boolean closed = states.values().stream().allMatch(CircuitBreaker.State.CLOSED::equals);
    health.status(closed ? Status.UP : DEGRADED).withDetails(states);
  }
}
