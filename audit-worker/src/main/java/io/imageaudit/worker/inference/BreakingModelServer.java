package io.imageaudit.worker.inference;

import io.github.resilience4j.circuitbreaker.CircuitBreaker;
import io.imageaudit.worker.inference.InferenceOutcome.Failed;
import java.time.Duration;
import java.time.InstantSource;
import java.util.EnumSet;
import java.util.Set;

/**
 * Leaves a server alone that does not answer, until a few probes are answered again. That it did
 * not answer somebody who gave it little time says nothing about it.
 */
final class BreakingModelServer implements ModelServer {

  /** What says that the server is not well; a batch that it refuses does not. */
  private static final Set<Failed.Kind> SERVER_FAULTS =
      EnumSet.of(Failed.Kind.UNAVAILABLE, Failed.Kind.TIMED_OUT, Failed.Kind.MISCONFIGURED);

  /**
   * What says nothing of the server: no call at all, or one that broke it and may have done so by
   * one picture. The parts of that batch will tell.
   */
  private static final Set<Failed.Kind> SAYS_NOTHING =
      EnumSet.of(Failed.Kind.NOT_TRIED, Failed.Kind.FAULTY);

  private static final Set<Failed.Kind> SAYS_NOTHING_IN_A_HURRY =
      EnumSet.of(Failed.Kind.NOT_TRIED, Failed.Kind.FAULTY, Failed.Kind.TIMED_OUT);

  private final ModelServer next;
  private final CircuitBreaker breaker;
  private final Duration patience;
  private final InstantSource clock;

  /**
   * Decorates.
   *
   * @param patience least time that a call must have had for its time-out to count
   */
  BreakingModelServer(
      ModelServer next, CircuitBreaker breaker, Duration patience, InstantSource clock) {
    this.next = next;
    this.breaker = breaker;
    this.patience = patience;
    this.clock = clock;
  }

  @Override
  public InferenceOutcome infer(InferenceBatch batch) {
    if (!breaker.tryAcquirePermission()) {
      return new Failed(Failed.Kind.NOT_TRIED, "BREAKER_OPEN", "the model server is left alone");
    }
    boolean hurried = clock.instant().plus(patience).isAfter(batch.deadline());
    long start = breaker.getCurrentTimestamp();
    InferenceOutcome outcome;
    try {
      outcome = next.infer(batch);
    } catch (RuntimeException | Error e) { // Or its permission would be missing for ever.
      breaker.onError(breaker.getCurrentTimestamp() - start, breaker.getTimestampUnit(), e);
      throw e;
    }
    count(outcome, hurried ? SAYS_NOTHING_IN_A_HURRY : SAYS_NOTHING, start);
    return outcome;
  }

  /** Counts a server that broke over every single picture of a batch. */
  static void countBroken(CircuitBreaker breaker, Failed each) {
    breaker.onError(0, breaker.getTimestampUnit(), new ModelServerFault(each));
  }

  private void count(InferenceOutcome outcome, Set<Failed.Kind> saysNothing, long start) {
    long duration = breaker.getCurrentTimestamp() - start;
    if (InferenceOutcome.isFailed(outcome, saysNothing)) {
      breaker.releasePermission();
    } else if (InferenceOutcome.isFailed(outcome, SERVER_FAULTS)) {
      breaker.onError(duration, breaker.getTimestampUnit(), new ModelServerFault(outcome));
    } else {
      breaker.onSuccess(duration, breaker.getTimestampUnit());
    }
  }

  /** What the breaker counts; never thrown. */
  private static final class ModelServerFault extends RuntimeException {
    private static final long serialVersionUID = 1;

    ModelServerFault(InferenceOutcome outcome) {
      super(outcome.toString(), null, false, false);
    }
  }
}
