package io.imageaudit.gateway.submit;

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

  /** Its Idempotency-Key was used for another request. */
  record KeyReused() implements SubmitOutcome {}

  /** A request with its Idempotency-Key is being worked on. */
  record KeyInProgress() implements SubmitOutcome {}

  /** Its image is larger than the store takes. */
  record TooLarge() implements SubmitOutcome {}

  /** Something that is needed is away; nothing was accepted. */
  record Unavailable() implements SubmitOutcome {}
}
