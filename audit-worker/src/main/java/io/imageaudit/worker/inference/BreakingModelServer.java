package io.imageaudit.worker.inference;

import io.github.resilience4j.circuitbreaker.CircuitBreaker;
import io.imageaudit.worker.inference.InferenceOutcome.Failed;
import java.util.EnumSet;
import java.util.Set;
import java.util.concurrent.TimeUnit;

/** Leaves a server alone that does not answer, until a few probes are answered again. */
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

  private final ModelServer next;
  private final CircuitBreaker breaker;

  BreakingModelServer(ModelServer next, CircuitBreaker breaker) {
    this.next = next;
    this.breaker = breaker;
  }

  @Override
  public InferenceOutcome infer(InferenceBatch batch) {
    if (!breaker.tryAcquirePermission()) {
      return new Failed(Failed.Kind.NOT_TRIED, "BREAKER_OPEN", "the model server is left alone");
    }
    long start = breaker.getCurrentTimestamp();
    InferenceOutcome outcome;
    try {
      outcome = next.infer(batch);
    } catch (RuntimeException e) {
      breaker.onError(breaker.getCurrentTimestamp() - start, breaker.getTimestampUnit(), e);
      throw e;
    }
    count(outcome, breaker.getCurrentTimestamp() - start, breaker.getTimestampUnit());
    return outcome;
  }

  /** Counts a server that broke over every single picture of a batch. */
  static void countBroken(CircuitBreaker breaker, Failed each) {
    breaker.onError(0, breaker.getTimestampUnit(), new ModelServerFault(each));
  }

  private void count(InferenceOutcome outcome, long duration, TimeUnit unit) {
    if (InferenceOutcome.isFailed(outcome, SAYS_NOTHING)) {
      breaker.releasePermission();
    } else if (InferenceOutcome.isFailed(outcome, SERVER_FAULTS)) {
      breaker.onError(duration, unit, new ModelServerFault(outcome));
    } else {
      breaker.onSuccess(duration, unit);
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
