package io.imageaudit.gateway.submit;

import io.imageaudit.model.AuditId;
import io.imageaudit.model.AuditStatus;
import io.imageaudit.model.ContentDigest;
import io.imageaudit.model.event.AuditSubmitted;
import java.util.Collection;
import java.util.List;
import java.util.Set;

/** The audits that were accepted, each written down before anybody hears of it. */
interface AcceptedAudits {

  /**
   * Writes all of them down in one commit, or says what was written before under the same
   * Idempotency-Key. No two of them have the same tenant and key.
   *
   * @return one answer each, in order
   * @throws org.springframework.dao.DataIntegrityViolationException when the database refuses one;
   *     then none is written
   * @throws org.springframework.dao.DataAccessException when the database is away; whether they are
   *     written is not known
   */
  List<Recorded> record(List<Acceptance> acceptances);

  /**
   * Takes audits back of which nobody heard.
   *
   * @return those that were there
   */
  Set<AuditId> withdraw(Collection<AuditId> audits);

  /**
   * Notes whether the client was last told that this audit, which has a key, was not accepted. One
   * that was refused, and has expired before it was repeated, is made anew by its repetition.
   */
  void note(AuditId auditId, boolean refused);

  /** What is written down for a request. */
  sealed interface Recorded {

    /** This request, for the first time. */
    record New() implements Recorded {}

    /** An earlier request with the same key, which was another batch, or none. */
    record Other() implements Recorded {}

    /**
     * An earlier request with the same key.
     *
     * @param content digest of the earlier request
     * @param event what was, or should have been, said of it
     * @param status how far its audit has come
     * @param refused whether its client was told that it was not accepted
     */
    record Earlier(ContentDigest content, AuditSubmitted event, AuditStatus status, boolean refused)
        implements Recorded {

      /** Whether this request asks for the same. */
      boolean isOf(Acceptance acceptance) {
        return acceptance.repeat() != null && content.equals(acceptance.repeat().content());
      }
    }
  }
}
