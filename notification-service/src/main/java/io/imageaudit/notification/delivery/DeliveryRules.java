package io.imageaudit.notification.delivery;

import io.imageaudit.model.TenantId;
import io.imageaudit.notification.webhook.WebhookReply;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Function;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * What follows from a reply. Only 2xx is success. 410, a receiver that asks for it and a refused
 * address end the delivery; all else is tried again as scheduled. {@code Retry-After} makes a pause
 * longer, up to twice the scheduled one or 1 hour, whichever is more; after a 429 the pause is at
 * least 1 minute. What finds no connection free waits a few seconds, which is no try.
 */
final class DeliveryRules {

  private static final int GONE = 410;
  private static final int TOO_MANY_REQUESTS = 429;
  private static final Duration AFTER_TOO_MANY = Duration.ofMinutes(1);
  private static final Duration LONGEST_WISH = Duration.ofHours(1);
  private static final Duration SHORTEST_WAIT = Duration.ofSeconds(1);
  private static final int WAIT_MILLIS = 4000;

  private final Function<TenantId, RetrySchedule> schedules;
  private final RandomGenerator random;

  /**
   * Makes the rules.
   *
   * @param schedules each tenant's schedule
   */
  DeliveryRules(Function<TenantId, RetrySchedule> schedules, RandomGenerator random) {
    this.schedules = schedules;
    this.random = random;
  }

  /**
   * What follows.
   *
   * @param tenant whose delivery
   * @param attempt which try of the schedule it was, from 1
   * @param reply what came of it
   */
  DeliveryOutcome after(TenantId tenant, int attempt, WebhookReply reply) {
    return switch (reply) {
      case WebhookReply.Refused _ ->
          new DeliveryOutcome.GivenUp(DeliveryOutcome.Reason.FORBIDDEN_ADDRESS);
      case WebhookReply.Unreachable failure
          when failure.fault() == WebhookReply.Fault.NO_CONNECTION_FREE ->
          new DeliveryOutcome.Deferred(SHORTEST_WAIT.plusMillis(random.nextInt(WAIT_MILLIS)));
      case WebhookReply.Unreachable _ -> again(tenant, attempt, Duration.ZERO, null);
      case WebhookReply.Answered answer -> afterAnswer(tenant, attempt, answer);
    };
  }

  private DeliveryOutcome afterAnswer(TenantId tenant, int attempt, WebhookReply.Answered answer) {
    if (answer.status() / 100 == 2) {
      return new DeliveryOutcome.Delivered();
    }
    return switch (answer.wish()) {
      case DISABLE -> new DeliveryOutcome.GivenUp(DeliveryOutcome.Reason.GONE);
      case ABORT_MESSAGE -> new DeliveryOutcome.GivenUp(DeliveryOutcome.Reason.ABORTED);
      case NONE -> afterFailure(tenant, attempt, answer);
    };
  }

  private DeliveryOutcome afterFailure(TenantId tenant, int attempt, WebhookReply.Answered answer) {
    return switch (answer.status()) {
      case GONE -> new DeliveryOutcome.GivenUp(DeliveryOutcome.Reason.GONE);
      case TOO_MANY_REQUESTS -> again(tenant, attempt, AFTER_TOO_MANY, answer.retryAfter());
      default -> again(tenant, attempt, Duration.ZERO, answer.retryAfter());
    };
  }

  private DeliveryOutcome again(
      TenantId tenant, int attempt, Duration least, @Nullable Duration wish) {
    Optional<Duration> scheduled = schedules.apply(tenant).after(attempt, random);
    if (scheduled.isEmpty()) {
      return new DeliveryOutcome.GivenUp(DeliveryOutcome.Reason.EXHAUSTED);
    }
    Duration base = longer(scheduled.get(), least);
    Duration bound = longer(base.multipliedBy(2), LONGEST_WISH);
    Duration asked = wish == null || wish.compareTo(bound) <= 0 ? wish : bound;
    return new DeliveryOutcome.RetryAfterPause(asked == null ? base : longer(base, asked));
  }

  private static Duration longer(Duration one, Duration other) {
    return one.compareTo(other) >= 0 ? one : other;
  }
}
