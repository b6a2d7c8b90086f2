package io.imageaudit.worker.audit;

import static org.assertj.core.api.Assertions.assertThat;

import io.imageaudit.model.kafka.TransientFaultException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class TryAgainTest {

  private static final int ATTEMPTS = 4;

  private final AtomicInteger tries = new AtomicInteger();
  private final List<Throwable> givenUp = new ArrayList<>();
  private final TryAgain tryAgain = new TryAgain(ATTEMPTS, _ -> true);

  @Test
  void a_fault_that_passes_is_waited_out() {
    boolean done =
        tryAgain.until(
            () -> {
              if (tries.incrementAndGet() <= 3 * ATTEMPTS) {
                throw new TransientFaultException("away", new IOException());
              }
              return true;
            },
            givenUp::add);

    assertThat(done).isTrue();
    assertThat(tries).hasValue(3 * ATTEMPTS + 1);
    assertThat(givenUp).isEmpty();
  }

  @Test
  void a_fault_that_lasts_is_given_up_after_a_few_tries() {
    IllegalStateException broken = new IllegalStateException();

    boolean done =
        tryAgain.until(
            () -> {
              tries.incrementAndGet();
              throw broken;
            },
            givenUp::add);

    assertThat(done).isTrue();
    assertThat(tries).hasValue(ATTEMPTS);
    assertThat(givenUp).containsExactly(broken);
  }

  @Test
  void what_is_not_given_up_either_is_not_done() {
    assertThat(
            tryAgain.until(
                () -> {
                  throw new IllegalStateException();
                },
                _ -> false))
        .isFalse();
  }

  @Test
  void what_breaks_all_audits_of_a_poll_is_waited_out_and_blamed_on_none() {
    boolean ended =
        tryAgain.untilWhole(() -> {
          if (tries.incrementAndGet() <= 3 * ATTEMPTS) {
            throw new OutOfMemoryError("no thread");
          }
          return true;
        });

    assertThat(ended).isTrue();
    assertThat(tries).hasValue(3 * ATTEMPTS + 1);
  }

  @Test
  void a_worker_that_stops_tries_nothing_again() {
    TryAgain stopping = new TryAgain(ATTEMPTS, _ -> false);

    assertThat(
            stopping.untilWhole(() -> {
              throw new IllegalStateException();
            }))
        .isFalse();
    assertThat(
            stopping.until(
                () -> {
                  throw new IllegalStateException();
                },
                givenUp::add))
        .isFalse();
    assertThat(givenUp).isEmpty();
  }
}
