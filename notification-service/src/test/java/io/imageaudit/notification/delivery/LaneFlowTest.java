package io.imageaudit.notification.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;

class LaneFlowTest {

  private static final Instant NOW = Instant.parse("2026-11-24T10:00:00Z");
  private static final FlowSettings SETTINGS =
      new FlowSettings(
          32,
          Duration.ofMinutes(5),
          10,
          0.7,
          5,
          Duration.ofSeconds(30),
          Duration.ofMinutes(10),
          Duration.ofDays(5),
          Duration.ofHours(12));

  @Test
  void successes_let_the_limit_grow_to_its_bound() {
    LaneFlow flow = LaneFlow.fresh();
    for (int i = 0; i < 600; i++) {
      flow = after(flow, NOW, 1, Signal.SUCCESS);
    }
    assertThat(flow.limit()).isEqualTo(32);
  }

  @Test
  void a_round_with_failures_shrinks_the_limit_once_and_never_below_one() {
    LaneFlow flow = after(flow(10), NOW, 3, Signal.FAILURE);
    assertThat(flow.limit()).isEqualTo(7);
    for (int i = 0; i < 20; i++) {
      flow = after(flow, NOW, 1, Signal.FAILURE);
    }
    assertThat(flow.limit()).isEqualTo(1);
  }

  @Test
  void the_breaker_opens_when_most_of_ten_calls_failed_and_not_before() {
    LaneFlow nine = after(LaneFlow.fresh(), NOW, 9, Signal.FAILURE);
    assertThat(nine.opens()).isZero();
    LaneFlow ten = after(nine, NOW, 1, Signal.FAILURE);
    assertThat(ten.opens()).isEqualTo(1);
    assertThat(ten.blockedUntil()).isEqualTo(NOW.plusSeconds(30));
  }

  @Test
  void the_breaker_stays_closed_while_enough_succeeds() {
    LaneFlow flow = after(LaneFlow.fresh(), NOW, 20, Signal.SUCCESS);
    flow = after(flow, NOW, 40, Signal.FAILURE);
    assertThat(flow.opens()).isZero();
  }

  @Test
  void five_timeouts_in_a_row_open_it() {
    LaneFlow four = after(LaneFlow.fresh(), NOW, 4, Signal.TIMEOUT);
    assertThat(four.opens()).isZero();
    assertThat(after(four, NOW, 1, Signal.SUCCESS).timeouts()).isZero();
    assertThat(after(four, NOW, 1, Signal.TIMEOUT).opens()).isEqualTo(1);
  }

  @Test
  void each_failed_probe_doubles_the_time_up_to_ten_minutes() {
    LaneFlow flow = after(LaneFlow.fresh(), NOW, 10, Signal.FAILURE);
    Instant now = flow.blockedUntil();
    flow = after(flow, now, 1, Signal.FAILURE);
    assertThat(flow.blockedUntil()).isEqualTo(now.plusSeconds(60));
    for (int i = 0; i < 50; i++) {
      now = flow.blockedUntil();
      flow = after(flow, now, 1, Signal.FAILURE);
    }
    assertThat(flow.blockedUntil()).isEqualTo(now.plus(Duration.ofMinutes(10)));
  }

  @Test
  void late_answers_to_earlier_calls_do_not_keep_it_open_longer() {
    LaneFlow open = after(LaneFlow.fresh(), NOW, 10, Signal.FAILURE);
    assertThat(after(open, NOW.plusSeconds(5), 3, Signal.FAILURE).blockedUntil())
        .isEqualTo(open.blockedUntil());
  }

  @Test
  void a_successful_probe_closes_it() {
    LaneFlow open = after(LaneFlow.fresh(), NOW, 10, Signal.FAILURE);
    LaneFlow closed = after(open, open.blockedUntil(), 1, Signal.SUCCESS);
    assertThat(closed.opens()).isZero();
    assertThat(closed.failingSince()).isNull();
    assertThat(closed.blockedUntil()).isBefore(NOW);
  }

  @Test
  void an_endpoint_that_fails_for_five_days_is_hopeless_unless_it_succeeded() {
    Instant later = NOW.plus(Duration.ofDays(5));
    LaneFlow first = after(LaneFlow.fresh(), NOW, 1, Signal.FAILURE);
    LaneFlow failing = after(first, later.minusSeconds(1), 1, Signal.FAILURE);
    assertThat(failing.isHopeless(later.minusSeconds(1), SETTINGS)).isFalse();
    assertThat(failing.isHopeless(later, SETTINGS)).isTrue();
    assertThat(after(failing, later, 1, Signal.SUCCESS).isHopeless(later, SETTINGS)).isFalse();
  }

  @Test
  void failures_within_twelve_hours_are_one_outage_however_long_ago() {
    Instant longAfter = NOW.plus(Duration.ofDays(30));
    LaneFlow once = after(LaneFlow.fresh(), NOW, 20, Signal.FAILURE);
    assertThat(once.isHopeless(longAfter, SETTINGS)).isFalse();
    LaneFlow almost =
        after(once, NOW.plus(Duration.ofHours(12)).minusSeconds(1), 1, Signal.TIMEOUT);
    assertThat(almost.isHopeless(longAfter, SETTINGS)).isFalse();
    LaneFlow apart = after(almost, NOW.plus(Duration.ofHours(12)), 1, Signal.TIMEOUT);
    assertThat(apart.isHopeless(NOW.plus(Duration.ofDays(5)).minusSeconds(1), SETTINGS)).isFalse();
    assertThat(apart.isHopeless(NOW.plus(Duration.ofDays(5)), SETTINGS)).isTrue();
  }

  @Test
  void what_was_never_connected_to_says_nothing() {
    assertThat(after(LaneFlow.fresh(), Instant.EPOCH, 20, Signal.NONE)).isEqualTo(LaneFlow.fresh());
  }

  private static LaneFlow flow(double limit) {
    return new LaneFlow(limit, NOW, 0, 0, 0, 0, Instant.EPOCH, null, null);
  }

  private static LaneFlow after(LaneFlow flow, Instant now, int times, Signal signal) {
    List<Signal> signals = Collections.nCopies(times, signal);
    return flow.after(signals, now, SETTINGS);
  }
}
