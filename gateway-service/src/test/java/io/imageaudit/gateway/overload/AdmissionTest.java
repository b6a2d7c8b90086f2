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
  void uploads_that_are_held_up_leave_places_to_others() {
    Admission admission = new Admission(settings(8, 0, Duration.ofMillis(20)));
    String reading =
        admission.withUpload(() ->
            admission.withUpload(() -> {
              ProblemException refused =
                  catchThrowableOfType(
                      ProblemException.class, () -> admission.withUpload(() -> "never"));
              assertThat(refused.code()).isEqualTo(ProblemCode.UNAVAILABLE);
              return admission.within(() -> "read");
            }));
    assertThat(reading).isEqualTo("read");
    assertThat(admission.<String>withUpload(() -> "now")).isEqualTo("now");
  }

  @Test
  void what_is_kept_of_a_body_counts_until_it_is_let_go() {
    BodyMemory memory = new BodyMemory(settings(1, 1, Duration.ofMillis(20)), 10 << 20);
    try (BodyMemory.Held held = memory.hold(1 << 20)) {
      assertThat(catchThrowableOfType(ProblemException.class, () -> memory.hold(1 << 20).close()))
          .isNotNull();
      held.shrink();
      memory.hold(512 << 10).close();
      assertThat(catchThrowableOfType(ProblemException.class, () -> memory.hold(1 << 20).close()))
          .isNotNull();
    }
    memory.hold(1 << 20).close();
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
    try (BodyMemory.Held _ = memory.hold(5 << 20)) {
      ProblemException refused =
          catchThrowableOfType(ProblemException.class, () -> memory.hold(1 << 20).close());
      assertThat(refused.code()).isEqualTo(ProblemCode.UNAVAILABLE);
      memory.hold(100).close();
    }
  }

  private static OverloadSettings settings(int places, int waiting, Duration wait) {
    return new OverloadSettings(
        places, waiting, wait, 0.4, wait, Duration.ofSeconds(10), DataSize.ofKilobytes(4));
  }
}
