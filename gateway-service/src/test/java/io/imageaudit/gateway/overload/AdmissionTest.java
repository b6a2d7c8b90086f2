package io.imageaudit.gateway.overload;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.imageaudit.gateway.problem.ProblemCode;
import io.imageaudit.gateway.problem.ProblemException;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.springframework.util.unit.DataSize;

class AdmissionTest {

  @Test
  void work_without_a_place_is_refused_and_the_place_is_given_back() {
    Admission admission = new Admission(settings(1, 1, Duration.ofMillis(20)));
    ProblemException refused =
        admission.within(() ->
            catchThrowableOfType(ProblemException.class, () -> admission.within(() -> "never")));
    assertThat(refused.code()).isEqualTo(ProblemCode.UNAVAILABLE);
    assertThat(refused.retryAfter()).isPositive();
    assertThat(admission.within(() -> "now")).isEqualTo("now");
  }

  @Test
  void nobody_waits_where_waiting_is_not_allowed() {
    Admission admission = new Admission(settings(1, 0, Duration.ofMinutes(1)));
    ProblemException refused =
        admission.within(() ->
            catchThrowableOfType(ProblemException.class, () -> admission.within(() -> "never")));
    assertThat(refused.code()).isEqualTo(ProblemCode.UNAVAILABLE);
  }

  @Test
  void large_bodies_share_a_part_of_the_heap_and_small_ones_pass() {
    BodyMemory memory = new BodyMemory(settings(1, 1, Duration.ofMillis(20)), 10 << 20);
    ProblemException refused =
        memory.within(
            5 << 20,
            () ->
                catchThrowableOfType(
                    ProblemException.class, () -> memory.within(1 << 20, () -> "never")));
    assertThat(refused.code()).isEqualTo(ProblemCode.UNAVAILABLE);
    assertThat(memory.<String>within(5 << 20, () -> memory.within(100, () -> "small")))
        .isEqualTo("small");
  }

  private static OverloadSettings settings(int places, int waiting, Duration wait) {
    return new OverloadSettings(
        places, waiting, wait, 0.4, wait, Duration.ofSeconds(10), DataSize.ofKilobytes(4));
  }
}
