package io.imageaudit.gateway.submit;

import io.imageaudit.gateway.problem.ProblemCode;
import io.imageaudit.model.AuditId;

/** What a submission ended in. */
sealed interface SubmitOutcome {

  /**
   * It is written down and announced.
   *
   * @param auditId its identity
   * @param replayed whether that had been done for an earlier, equal request
   */
  record Accepted(AuditId auditId, boolean replayed) implements SubmitOutcome {}

  /** It was not taken. */
  sealed interface Refused extends SubmitOutcome {

    /** Why. */
    ProblemCode code();
  }

  /** Its Idempotency-Key was used for another request. */
  record KeyReused() implements Refused {
    @Override
    public ProblemCode code() {
      return ProblemCode.IDEMPOTENCY_KEY_REUSED;
    }
  }

  /** A request with its Idempotency-Key is being worked on. */
  record KeyInProgress() implements Refused {
    @Override
    public ProblemCode code() {
      return ProblemCode.IDEMPOTENCY_IN_PROGRESS;
    }
  }

  /** Its image is larger than the store takes. */
  record TooLarge() implements Refused {
    @Override
    public ProblemCode code() {
      return ProblemCode.PAYLOAD_TOO_LARGE;
    }
  }

  /** Something that is needed is away; nothing was accepted. */
  record Unavailable() implements Refused {
    @Override
    public ProblemCode code() {
      return ProblemCode.UNAVAILABLE;
    }
  }
}
