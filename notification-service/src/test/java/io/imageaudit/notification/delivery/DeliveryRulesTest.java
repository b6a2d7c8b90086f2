package io.imageaudit.notification.delivery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.imageaudit.model.TenantId;
import io.imageaudit.notification.webhook.WebhookReply;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class DeliveryRulesTest {

  private static final TenantId ACME = new TenantId("acme");
  private static final TenantId HASTY = new TenantId("hasty");
  private static final RetrySchedule SCHEDULE =
      new RetrySchedule(List.of(Duration.ZERO, Duration.ofSeconds(5), Duration.ofHours(2)), 0);

  private final DeliveryRules rules =
      new DeliveryRules(DeliveryRulesTest::scheduleOf, new Random(1));

  @ParameterizedTest
  @ValueSource(ints = {200, 201, 202, 204, 299})
  void any_2xx_is_success(int status) {
    assertThat(rules.after(ACME, 1, answer(status, null)))
        .isEqualTo(new DeliveryOutcome.Delivered());
  }

  @ParameterizedTest
  @ValueSource(ints = {301, 302, 400, 401, 404, 500, 503})
  void any_other_answer_is_tried_again_as_scheduled(int status) {
    assertThat(rules.after(ACME, 1, answer(status, null))).isEqualTo(pause(Duration.ofSeconds(5)));
    assertThat(rules.after(ACME, 2, answer(status, null))).isEqualTo(pause(Duration.ofHours(2)));
    assertThat(rules.after(ACME, 3, answer(status, null)))
        .isEqualTo(new DeliveryOutcome.GivenUp(DeliveryOutcome.Reason.EXHAUSTED));
  }

  @Test
  void no_answer_is_tried_again_as_scheduled() {
    WebhookReply timeout = new WebhookReply.Unreachable(WebhookReply.Fault.TIMEOUT, "");
    assertThat(rules.after(ACME, 1, timeout)).isEqualTo(pause(Duration.ofSeconds(5)));
  }

  @Test
  void what_found_no_free_connection_is_put_off_however_many_tries_were_made() {
    WebhookReply noneFree = new WebhookReply.Unreachable(WebhookReply.Fault.NO_CONNECTION_FREE, "");
    assertThat(rules.after(ACME, 99, noneFree))
        .isInstanceOfSatisfying(
            DeliveryOutcome.Deferred.class,
            deferred ->
                assertThat(deferred.pause())
                    .isBetween(Duration.ofSeconds(1), Duration.ofSeconds(5)));
  }

  @ParameterizedTest
  @EnumSource(
      value = WebhookReply.Fault.class,
      names = {"NO_CONNECTION_FREE", "INTERNAL"})
  void what_was_never_sent_says_nothing_about_the_receiver(WebhookReply.Fault fault) {
    assertThat(Signal.of(new WebhookReply.Unreachable(fault, ""))).isEqualTo(Signal.NONE);
  }

  @Test
  void gone_and_refused_end_the_delivery() {
    assertThat(rules.after(ACME, 1, answer(410, null)))
        .isEqualTo(new DeliveryOutcome.GivenUp(DeliveryOutcome.Reason.GONE));
    assertThat(rules.after(ACME, 1, new WebhookReply.Refused("no")))
        .isEqualTo(new DeliveryOutcome.GivenUp(DeliveryOutcome.Reason.FORBIDDEN_ADDRESS));
  }

  @Test
  void a_receiver_can_end_a_delivery_that_it_does_not_take() {
    assertThat(rules.after(ACME, 1, answer(400, null, WebhookReply.Wish.ABORT_MESSAGE)))
        .isEqualTo(new DeliveryOutcome.GivenUp(DeliveryOutcome.Reason.ABORTED));
    assertThat(rules.after(ACME, 1, answer(400, null, WebhookReply.Wish.DISABLE)))
        .isEqualTo(new DeliveryOutcome.GivenUp(DeliveryOutcome.Reason.GONE));
    assertThat(rules.after(ACME, 1, answer(200, null, WebhookReply.Wish.DISABLE)))
        .isEqualTo(new DeliveryOutcome.Delivered());
  }

  @Test
  void a_wish_to_be_left_alone_is_honoured_within_bounds() {
    assertThat(rules.after(ACME, 1, answer(503, Duration.ofMinutes(20))))
        .isEqualTo(pause(Duration.ofMinutes(20)));
    assertThat(rules.after(ACME, 1, answer(503, Duration.ofDays(1))))
        .isEqualTo(pause(Duration.ofHours(1)));
    assertThat(rules.after(ACME, 2, answer(503, Duration.ofDays(1))))
        .isEqualTo(pause(Duration.ofHours(4)));
    assertThat(rules.after(ACME, 2, answer(503, Duration.ofSeconds(1))))
        .isEqualTo(pause(Duration.ofHours(2)));
  }

  @Test
  void after_too_many_requests_the_pause_is_at_least_a_minute() {
    assertThat(rules.after(ACME, 1, answer(429, null))).isEqualTo(pause(Duration.ofMinutes(1)));
    assertThat(rules.after(ACME, 2, answer(429, null))).isEqualTo(pause(Duration.ofHours(2)));
  }

  @Test
  void pauses_vary_by_the_jitter_and_no_more() {
    RetrySchedule schedule =
        new RetrySchedule(List.of(Duration.ZERO, Duration.ofSeconds(100)), 0.2);
    Random random = new Random(42);
    List<Long> seconds =
        random
            .ints(1000)
            .mapToObj(_ -> schedule.after(1, random).orElseThrow().toSeconds())
            .toList();
    assertThat(seconds)
        .allMatch(s -> s >= 80 && s <= 120)
        .anyMatch(s -> s < 85)
        .anyMatch(s -> s > 115);
  }

  @Test
  void a_schedule_needs_a_pause_and_a_sensible_jitter() {
    assertThatThrownBy(() -> new RetrySchedule(List.of(), 0.2))
        .hasMessageStartingWith("retry-schedule: []");
    assertThatThrownBy(() -> new RetrySchedule(List.of(Duration.ZERO), 1.5))
        .hasMessage("jitter: 1.5 (expected: 0..1)");
  }

  @Test
  void each_tenant_has_its_own_schedule() {
    assertThat(rules.after(HASTY, 1, answer(500, null))).isEqualTo(pause(Duration.ofSeconds(1)));
    assertThat(rules.after(HASTY, 2, answer(500, null)))
        .isEqualTo(new DeliveryOutcome.GivenUp(DeliveryOutcome.Reason.EXHAUSTED));
    assertThat(rules.after(ACME, 2, answer(500, null))).isEqualTo(pause(Duration.ofHours(2)));
  }

  private static RetrySchedule scheduleOf(TenantId tenant) {
    return tenant.equals(HASTY)
        ? new RetrySchedule(List.of(Duration.ZERO, Duration.ofSeconds(1)), 0)
        : SCHEDULE;
  }

  private static DeliveryOutcome pause(Duration pause) {
    return new DeliveryOutcome.RetryAfterPause(pause);
  }

  private static WebhookReply answer(int status, @Nullable Duration retryAfter) {
    return answer(status, retryAfter, WebhookReply.Wish.NONE);
  }

  private static WebhookReply answer(
      int status, @Nullable Duration retryAfter, WebhookReply.Wish wish) {
    return new WebhookReply.Answered(status, retryAfter, wish, "", null);
  }
}
