package io.imageaudit.model;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.imageaudit.model.event.AuditConcluded;
import io.imageaudit.model.event.AuditIngested;
import io.imageaudit.model.event.AuditSubmitted;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One audit as clients see it: the {@code data} of the API's answer and of a callback.
 *
 * @param auditId identity
 * @param reference the tenant's own name for the image
 * @param tenant who asked
 * @param status how far it has come
 * @param verdict what to do with the image, once there is a verdict
 * @param verdictSeq which verdict this is, from 1; 0 while there is none
 * @param verdictSource who gave the verdict
 * @param safe true for PASS, false for REVIEW and BLOCK, none without a verdict
 * @param violations categories of the findings that ask for action, each once
 * @param findings what the checks saw
 * @param degraded whether a check was missing
 * @param missingChecks names of the checks that could not look
 * @param policy which policy decided
 * @param image what is known about the image
 * @param coverage how much of the image was looked at
 * @param error why there is no verdict
 * @param createdAt when it was accepted
 * @param completedAt when it ended
 * @param traceId W3C trace id
 */
public record AuditResult(
    AuditId auditId,
    @Nullable String reference,
    TenantId tenant,
    AuditStatus status,
    @Nullable Verdict verdict,
    int verdictSeq,
    @Nullable VerdictSource verdictSource,
    @JsonProperty("is_safe") @Nullable Boolean safe,
    List<Category> violations,
    List<Finding> findings,
    boolean degraded,
    List<String> missingChecks,
    @Nullable PolicyRef policy,
    @Nullable ImageFacts image,
    @Nullable Coverage coverage,
    @Nullable Failure error,
    Instant createdAt,
    @Nullable Instant completedAt,
    String traceId) {

  /** Copies the lists. */
  public AuditResult {
    violations = List.copyOf(violations);
    findings = List.copyOf(findings);
    missingChecks = List.copyOf(missingChecks);
  }

  /** An audit of which nothing is known but that it was accepted. */
  public static AuditResult of(AuditSubmitted submitted) {
    return unfinished(submitted.auditId(), submitted.request(), AuditStatus.QUEUED, null);
  }

  /** An audit whose image is known. */
  public static AuditResult of(AuditIngested ingested) {
    return unfinished(
        ingested.auditId(), ingested.request(), AuditStatus.INGESTED, ingested.image());
  }

  /** An audit that has ended. */
  public static AuditResult of(AuditConcluded concluded) {
    AuditRequest request = concluded.request();
    Verdict verdict = concluded.verdict();
    return new AuditResult(
        concluded.auditId(),
        request.reference(),
        request.tenant(),
        concluded.status(),
        verdict,
        concluded.verdictSeq(),
        concluded.verdictSource(),
        verdict == null ? null : verdict == Verdict.PASS,
        violations(concluded.findings()),
        concluded.findings(),
        concluded.degraded(),
        concluded.missingChecks(),
        concluded.policy(),
        concluded.image(),
        concluded.coverage(),
        concluded.error(),
        request.submittedAt(),
        concluded.concludedAt(),
        request.traceId());
  }

  private static AuditResult unfinished(
      AuditId auditId, AuditRequest request, AuditStatus status, @Nullable ImageFacts image) {
    return new AuditResult(
        auditId,
        request.reference(),
        request.tenant(),
        status,
        null,
        0,
        null,
        null,
        List.of(),
        List.of(),
        false,
        List.of(),
        null,
        image,
        null,
        null,
        request.submittedAt(),
        null,
        request.traceId());
  }

  private static List<Category> violations(List<Finding> findings) {
    return findings.stream()
        .filter(finding -> finding.action() != Verdict.PASS)
        .map(Finding::category)
        .distinct()
        .toList();
  }
}
