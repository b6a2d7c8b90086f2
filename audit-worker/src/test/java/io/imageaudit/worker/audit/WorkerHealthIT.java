package io.imageaudit.worker.audit;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.resilience4j.circuitbreaker.CircuitBreaker;
import io.github.resilience4j.circuitbreaker.CircuitBreakerRegistry;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.health.actuate.endpoint.HealthEndpoint;
import org.springframework.boot.health.contributor.Status;

/** What the worker says of its health while a model is away. */
class WorkerHealthIT extends WorkerBed {

  @Autowired private CircuitBreakerRegistry circuits;
  @Autowired private HealthEndpoint health;

  @Test
  void an_open_circuit_to_a_model_is_shown_and_leaves_the_worker_ready() {
    CircuitBreaker circuit = circuits.circuitBreaker("demo");
    circuit.transitionToForcedOpenState();
    try {
      assertThat(status("readiness")).isEqualTo(Status.UP);
      assertThat(status("liveness")).isEqualTo(Status.UP);
      assertThat(status()).isEqualTo(Status.UP);
      assertThat(status("models")).isEqualTo(new Status("DEGRADED"));
    } finally {
      circuit.transitionToClosedState();
    }
  }

  private Status status(String... path) {
    var found = path.length == 0 ? health.health() : health.healthForPath(path);
    assertThat(found).isNotNull();
    return found.getStatus();
  }
}
