package io.imageaudit.worker.audit;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class HoldingTest {

  private static final Instant NOW = Instant.parse("2026-03-01T10:00:00Z");

  private final Holding holding =
      new Holding(Duration.ofSeconds(1), Duration.ofSeconds(30), () -> NOW);

  @Test
  void a_poll_is_held_until_the_first_of_it_must_be_decided() {
    assertThat(holding.until(List.of(in(20), in(12), in(15)))).isEqualTo(in(11));
  }

  @Test
  void one_that_is_due_almost_at_once_does_not_take_the_others_time() {
    assertThat(holding.until(List.of(in(20), in(3), in(-5)))).isEqualTo(in(19));
  }

  @Test
  void a_far_deadline_does_not_keep_others_waiting() {
    assertThat(holding.until(List.of(in(3600)))).isEqualTo(in(30));
  }

  private static Instant in(long seconds) {
    return NOW.plusSeconds(seconds);
  }
}
