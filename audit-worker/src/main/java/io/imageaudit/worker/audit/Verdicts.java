package io.imageaudit.worker.audit;

import io.imageaudit.model.AuditStatus;
import io.imageaudit.model.Evidence;
import io.imageaudit.model.Failure;
import io.imageaudit.model.VerdictSource;
import io.imageaudit.model.event.AuditConcluded;
import io.imageaudit.model.event.AuditIngested;
import io.imageaudit.worker.check.CheckOutcome.Missing;
import io.imageaudit.worker.inference.Hope;
import io.imageaudit.worker.policy.Decision;
import io.imageaudit.worker.policy.Policy;
import io.imageaudit.worker.record.AuditRecord;
import java.time.InstantSource;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Makes records of what was seen, or of why nothing was. */
final class Verdicts {

  private final Evidences evidences;
  private final ReuseKeys keys;
  private final InstantSource clock;

  Verdicts(Evidences evidences, ReuseKeys keys, InstantSource clock) {
    this.evidences = evidences;
    this.keys = keys;
    this.clock = clock;
  }

  /**
   * The policy's verdict; degraded when a check is missing, and unfinished when it may look later.
   */
  AuditRecord completed(AuditIngested event, Policy policy, Judgement.Judged judged, int seq) {
    List<String> missing = judged.missing().stream().map(Missing::check).toList();
    Decision decision =
        policy.decide(
            judged.seen().stream().flatMap(seen -> seen.observations().stream()).toList(),
            missing,
            event.request().tenant(),
            event.request().imageRole());
    AuditConcluded concluded =
        new AuditConcluded(
            event.auditId(),
            event.request(),
            seq,
            AuditStatus.COMPLETED,
            decision.verdict(),
            VerdictSource.MACHINE,
            decision.findings(),
            !missing.isEmpty(),
            missing,
            policy.ref(),
            event.image(),
            null,
            clock.instant(),
            judged.coverage(),
            evidences.of(event, policy, judged));
    boolean mayLookLater = judged.lacks(Hope.SOON) || judged.lacks(Hope.LATER);
    return new AuditRecord(
        concluded, mayLookLater ? event : null, keys.of(event, policy, judged).orElse(null));
  }

  /** The verdict that another audit of the same content got. */
  AuditRecord reused(AuditIngested event, AuditConcluded from) {
    AuditConcluded concluded =
        new AuditConcluded(
            event.auditId(),
            event.request(),
            1,
            AuditStatus.COMPLETED,
            from.verdict(),
            VerdictSource.REUSE,
            from.findings(),
            false,
            List.of(),
            from.policy(),
            event.image(),
            null,
            clock.instant(),
            from.coverage(),
            evidences.reused(from));
    return new AuditRecord(concluded, null, null);
  }

  /** No verdict: a check was missing and the policy does not decide without it. */
  AuditRecord held(AuditIngested event, Policy policy, Judgement.Judged judged) {
    return new AuditRecord(expired(event, evidences.of(event, policy, judged)), null, null);
  }

  /** No verdict: it would have been too late. */
  AuditRecord expired(AuditIngested event) {
    return new AuditRecord(expired(event, null), null, null);
  }

  /** No verdict: there is no picture to look at. */
  AuditRecord failed(AuditIngested event, Failure failure) {
    AuditConcluded concluded =
        AuditConcluded.failed(
            event.auditId(), event.request(), failure, event.image(), clock.instant());
    return new AuditRecord(concluded, null, null);
  }

  private AuditConcluded expired(AuditIngested event, @Nullable Evidence evidence) {
    return AuditConcluded.expired(event.auditId(), event.request(), event.image(), clock.instant())
        .resting(evidence);
  }
}
