package io.imageaudit.worker.audit;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.resilience4j.circuitbreaker.CircuitBreaker;
import io.github.resilience4j.circuitbreaker.CircuitBreakerRegistry;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

/** The guards of models as they are configured when nobody configures them. */
class GuardsIT extends WorkerBed {

  private static final int CALLS_IN_FLIGHT = 4;
  private static final long CALL_TIMEOUT_SECONDS = 10;

  @Autowired private CircuitBreakerRegistry breakers;

  @Test
  void a_server_that_answers_no_call_is_left_alone_after_the_first_calls_in_flight() {
    CircuitBreaker breaker = breakers.circuitBreaker("hangs", "models");

    for (int call = 0; call < CALLS_IN_FLIGHT && breaker.tryAcquirePermission(); call++) {
      breaker.onError(CALL_TIMEOUT_SECONDS, TimeUnit.SECONDS, new IllegalStateException());
    }

    assertThat(breaker.getState()).isEqualTo(CircuitBreaker.State.OPEN);
  }

  @Test
  void a_server_that_takes_too_long_for_each_answer_is_left_alone_as_well() {
    CircuitBreaker breaker = breakers.circuitBreaker("slow", "models");

    for (int call = 0; call < CALLS_IN_FLIGHT && breaker.tryAcquirePermission(); call++) {
      breaker.onSuccess(CALL_TIMEOUT_SECONDS - 1, TimeUnit.SECONDS);
    }

    assertThat(breaker.getState()).isEqualTo(CircuitBreaker.State.OPEN);
  }
}
