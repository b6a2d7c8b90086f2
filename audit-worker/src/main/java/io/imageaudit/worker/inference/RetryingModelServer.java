package io.imageaudit.worker.inference;

import io.github.resilience4j.core.IntervalBiFunction;
import io.github.resilience4j.core.functions.Either;
import io.github.resilience4j.retry.Retry;
import io.imageaudit.worker.inference.InferenceOutcome.Failed;
import java.time.Duration;
import java.time.InstantSource;

/**
 * Tries a call again when that can help and time is left: what passes by itself as often as the
 * retry's settings allow, what broke the server once. Waits at least as long as the server asks; a
 * wait that would outlast the batch is not begun.
 */
final class RetryingModelServer implements ModelServer {

  private final ModelServer next;
  private final Retry retry;
  private final IntervalBiFunction<Object> pauses;
  private final InstantSource clock;

  /**
   * Decorates.
   *
   * @param retry repeats what {@link #again} says, after {@link #pause}
   * @param pauses between attempts, when the server does not ask for longer ones
   */
  RetryingModelServer(
      ModelServer next, Retry retry, IntervalBiFunction<Object> pauses, InstantSource clock) {
    this.next = next;
    this.retry = retry;
    this.pauses = pauses;
    this.clock = clock;
  }

  @Override
  public InferenceOutcome infer(InferenceBatch batch) {
    return Retry.decorateSupplier(retry, new Attempts(batch)::next).get().outcome();
  }

  /** Whether an attempt asks for another one: the retry's predicate. */
  static boolean again(Object attempt) {
    return attempt instanceof Attempt made && made.again();
  }

  /** How long to wait before the next attempt. */
  static Duration pause(Object attempt) {
    return attempt instanceof Attempt made ? made.pause() : Duration.ZERO;
  }

  /**
   * One try.
   *
   * @param outcome how it ended
   * @param again whether to try once more
   * @param pause before that
   */
  record Attempt(InferenceOutcome outcome, boolean again, Duration pause) {}

  /** The tries of one batch, one after the other. */
  private final class Attempts {
    private final InferenceBatch batch;
    private int made;
    private int breakages;

    Attempts(InferenceBatch batch) {
      this.batch = batch;
    }

    Attempt next() {
      InferenceOutcome outcome = next.infer(batch);
      made++;
      if (!(outcome instanceof Failed failed) || !helps(failed)) {
        return new Attempt(outcome, false, Duration.ZERO);
      }
      Duration pause = pause(failed);
      boolean inTime = clock.instant().plus(pause).isBefore(batch.deadline());
      return new Attempt(outcome, inTime, pause);
    }

    private Duration pause(Failed failed) {
      Duration ours = Duration.ofMillis(pauses.apply(made, Either.right(failed)));
      Duration asked = failed.retryAfter();
      return asked != null && asked.compareTo(ours) > 0 ? asked : ours;
    }

    private boolean helps(Failed failed) {
      if (failed.retryAfter() != null && failed.retryAfter().isNegative()) {
        return false;
      }
      return switch (failed.kind()) {
        case UNAVAILABLE, TIMED_OUT -> true;
        case FAULTY -> ++breakages == 1;
        // A closed way opens later than a retry waits: whoever holds the picture tries again.
        case NOT_TRIED, REJECTED, MISCONFIGURED -> false;
      };
    }
  }
}
