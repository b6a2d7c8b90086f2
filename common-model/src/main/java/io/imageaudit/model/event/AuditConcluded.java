package io.imageaudit.model.event;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.imageaudit.model.AuditId;
import io.imageaudit.model.AuditRequest;
import io.imageaudit.model.AuditStatus;
import io.imageaudit.model.Coverage;
import io.imageaudit.model.Evidence;
import io.imageaudit.model.Failure;
import io.imageaudit.model.FailureCode;
import io.imageaudit.model.Finding;
import io.imageaudit.model.ImageFacts;
import io.imageaudit.model.PolicyRef;
import io.imageaudit.model.Verdict;
import io.imageaudit.model.VerdictSource;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * An audit has ended: with a verdict, or with the reason why there is none. For one {@code
 * verdictSeq} the first such event in the partition counts, for every reader alike.
 *
 * @param auditId which audit
 * @param request what was asked
 * @param verdictSeq which verdict of the audit this is, from 1
 * @param status COMPLETED, FAILED or EXPIRED
 * @param verdict present exactly when COMPLETED
 * @param verdictSource present exactly when COMPLETED
 * @param findings what the checks saw
 * @param degraded whether a check was missing
 * @param missingChecks names of the checks that could not look
 * @param policy which policy decided, when COMPLETED
 * @param image what is known about the image, if it was had
 * @param error present exactly when FAILED or EXPIRED
 * @param concludedAt when it ended
 * @param coverage how much of the image was looked at, when something was
 * @param evidence what the verdict rests on, when something was looked at
 */
public record AuditConcluded(
    AuditId auditId,
    AuditRequest request,
    int verdictSeq,
    AuditStatus status,
    @Nullable Verdict verdict,
    @Nullable VerdictSource verdictSource,
    List<Finding> findings,
    boolean degraded,
    List<String> missingChecks,
    @Nullable PolicyRef policy,
    @Nullable ImageFacts image,
    @Nullable Failure error,
    Instant concludedAt,
    @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable Coverage coverage,
    @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable Evidence evidence)
    implements AuditEvent {

  /**
   * Copies the lists and checks that status, verdict and error agree.
   *
   * @throws IllegalArgumentException when they do not
   */
  public AuditConcluded {
    findings = List.copyOf(findings);
    missingChecks = List.copyOf(missingChecks);
    if (!status.isFinal()) {
      throw new IllegalArgumentException("status: " + status + " (expected: a final one)");
    }
    if ((status == AuditStatus.COMPLETED) != (verdict != null)
        || (status == AuditStatus.COMPLETED) == (error != null)) {
      throw new IllegalArgumentException(
          "status: " + status + " (expected: a verdict when COMPLETED, else an error)");
    }
    if (verdictSeq < 1) {
      throw new IllegalArgumentException("verdict_seq: " + verdictSeq + " (expected: >= 1)");
    }
  }

  /** The end of an audit whose image cannot be judged. */
  public static AuditConcluded failed(
      AuditId auditId,
      AuditRequest request,
      Failure error,
      @Nullable ImageFacts image,
      Instant concludedAt) {
    return without(auditId, request, AuditStatus.FAILED, error, image, concludedAt);
  }

  /** The end of an audit whose deadline passed. */
  public static AuditConcluded expired(
      AuditId auditId, AuditRequest request, @Nullable ImageFacts image, Instant concludedAt) {
    Failure error =
        new Failure(FailureCode.DEADLINE_EXCEEDED, "No verdict was given before the deadline.");
    return without(auditId, request, AuditStatus.EXPIRED, error, image, concludedAt);
  }

  /** The same, with what it rests on. */
  public AuditConcluded resting(@Nullable Evidence on) {
    return new AuditConcluded(
        auditId,
        request,
        verdictSeq,
        status,
        verdict,
        verdictSource,
        findings,
        degraded,
        missingChecks,
        policy,
        image,
        error,
        concludedAt,
        coverage,
        on);
  }

  private static AuditConcluded without(
      AuditId auditId,
      AuditRequest request,
      AuditStatus status,
      Failure error,
      @Nullable ImageFacts image,
      Instant concludedAt) {
    return new AuditConcluded(
        auditId,
        request,
        1,
        status,
        null,
        null,
        List.of(),
        false,
        List.of(),
        null,
        image,
        error,
        concludedAt,
        null,
        null);
  }
}
