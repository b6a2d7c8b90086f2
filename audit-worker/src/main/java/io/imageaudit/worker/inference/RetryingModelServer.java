package io.imageaudit.worker.inference;

import io.github.resilience4j.retry.Retry;
import io.imageaudit.worker.inference.InferenceOutcome.Failed;
import java.time.InstantSource;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Tries a call again when that can help and time is left: what passes by itself as often as the
 * retry's settings allow, what broke the server once.
 */
final class RetryingModelServer implements ModelServer {

  private final ModelServer next;
  private final Retry retry;
  private final InstantSource clock;

  /**
   * Decorates.
   *
   * @param retry repeats what {@link #again} says
   */
  RetryingModelServer(ModelServer next, Retry retry, InstantSource clock) {
    this.next = next;
    this.retry = retry;
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

  /** How long the server asked to be left alone, milliseconds; 0 when it did not. */
  static long pushback(Object attempt) {
    return attempt instanceof Attempt(Failed failed, boolean _) && failed.retryAfter() != null
        ? failed.retryAfter().toMillis()
        : 0;
  }

  /**
   * One try.
   *
   * @param outcome how it ended
   * @param again whether to try once more
   */
  record Attempt(InferenceOutcome outcome, boolean again) {}

  /** The tries of one batch. */
  private final class Attempts {
    private final InferenceBatch batch;
    private final AtomicInteger breakages = new AtomicInteger();

    Attempts(InferenceBatch batch) {
      this.batch = batch;
    }

    Attempt next() {
      InferenceOutcome outcome = next.infer(batch);
      return new Attempt(
          outcome,
          outcome instanceof Failed failed
              && helps(failed)
              && clock.instant().isBefore(batch.deadline()));
    }

    private boolean helps(Failed failed) {
      return switch (failed.kind()) {
        case UNAVAILABLE, TIMED_OUT -> true;
        case FAULTY -> breakages.incrementAndGet() == 1;
        // A closed way opens later than a retry waits: whoever holds the picture tries again.
        case NOT_TRIED, REJECTED, MISCONFIGURED -> false;
      };
    }
  }
}
