package io.imageaudit.worker.audit;

import io.imageaudit.model.AuditId;
import io.imageaudit.model.TraceParent;
import io.imageaudit.model.event.AuditConcluded;
import io.imageaudit.model.event.AuditIngested;
import io.imageaudit.model.kafka.EventPublisher;
import io.imageaudit.model.kafka.EventTopic;
import io.imageaudit.worker.check.CheckOutcome;
import io.imageaudit.worker.check.LastCall;
import io.imageaudit.worker.inference.Hope;
import io.imageaudit.worker.policy.Policies;
import io.imageaudit.worker.policy.Policy;
import io.imageaudit.worker.record.AuditLedger;
import io.imageaudit.worker.record.UnfinishedAudit;
import io.imageaudit.worker.record.UnfinishedAudits;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Judges an audit again whose verdict was degraded. Whenever fewer checks are missing than before,
 * another verdict is recorded and said. The audit's deadline no longer counts, since its first
 * verdict was in time.
 */
final class FinishAudit {

  private static final Logger LOG = LoggerFactory.getLogger(FinishAudit.class);
  private static final int FIRST = 1;

  /** A picture that breaks its model is shown to it ever more seldom. */
  private static final int MOST_DOUBLINGS = 6;

  private final UnfinishedAudits unfinished;
  private final JudgeImage judge;
  private final Verdicts verdicts;
  private final Policies policies;
  private final AuditLedger ledger;
  private final EventPublisher publisher;
  private final Duration firstPause;
  private final Duration longestLook;
  private final InstantSource clock;

  /**
   * Makes it.
   *
   * @param firstPause before an audit is looked at again; doubles
   * @param longestLook time for all checks
   */
  FinishAudit(
      UnfinishedAudits unfinished,
      JudgeImage judge,
      Verdicts verdicts,
      Policies policies,
      AuditLedger ledger,
      EventPublisher publisher,
      Duration firstPause,
      Duration longestLook,
      InstantSource clock) {
    this.unfinished = unfinished;
    this.judge = judge;
    this.verdicts = verdicts;
    this.policies = policies;
    this.ledger = ledger;
    this.publisher = publisher;
    this.firstPause = firstPause;
    this.longestLook = longestLook;
    this.clock = clock;
  }

  /**
   * What came of it.
   *
   * @param looked names of the checks that could look
   * @param away names of the checks that could not, and may another time
   */
  record Attempt(Set<String> looked, Set<String> away) {
    /** Says nothing of any check. */
    static final Attempt NONE = new Attempt(Set.of(), Set.of());
  }

  /** Judges, unless there is nothing left to do. */
  Attempt finish(UnfinishedAudit audit) {
    AuditIngested event = audit.event();
    TraceParent trace = EventPublisher.submission(event);
    Optional<AuditConcluded> last = ledger.latest(event.auditId());
    if (last.isEmpty()) {
      unfinished.remove(event.auditId());
      return Attempt.NONE;
    }
    sayIfPerhapsUnsaid(audit, last.get(), trace);
    if (last.get().missingChecks().isEmpty()) {
      unfinished.remove(event.auditId());
      return Attempt.NONE;
    }
    Optional<Policy> policy = policies.of(event.request().strategy());
    if (policy.isEmpty()) {
      LOG.warn("strategy {} is away; audit {} waits", event.request().strategy(), event.auditId());
      putOff(audit, Set.copyOf(last.get().missingChecks()));
      return Attempt.NONE;
    }
    Instant now = clock.instant();
    LastCall until = new LastCall(now.plus(longestLook), now); // The next round is the next try.
    return switch (judge.judge(event, policy.get(), until, trace)) {
      case Judgement.Unjudged _ -> {
        unfinished.remove(event.auditId());
        yield Attempt.NONE;
      }
      case Judgement.Judged judged -> {
        decide(audit, last.get(), policy.get(), judged, trace);
        yield attempt(judged);
      }
    };
  }

  /** Puts off one that is broken. */
  void putOff(UnfinishedAudit audit) {
    putOff(audit, audit.missing());
  }

  /** A crash may have come between recording a verdict and saying it. */
  private void sayIfPerhapsUnsaid(UnfinishedAudit audit, AuditConcluded last, TraceParent trace) {
    Set<String> missing = Set.copyOf(last.missingChecks());
    if (last.verdictSeq() > FIRST && (missing.isEmpty() || !missing.equals(audit.missing()))) {
      publisher.publish(EventTopic.CONCLUDED, last, trace);
    }
  }

  private void decide(
      UnfinishedAudit audit,
      AuditConcluded last,
      Policy policy,
      Judgement.Judged judged,
      TraceParent trace) {
    AuditId id = audit.event().auditId();
    Set<String> missing =
        judged.missing().stream().map(CheckOutcome.Missing::check).collect(Collectors.toSet());
    Set<String> before = Set.copyOf(last.missingChecks());
    boolean fewer = missing.size() < before.size() && before.containsAll(missing);
    if (fewer) {
      int next = last.verdictSeq() + 1;
      publisher.publish(
          EventTopic.CONCLUDED,
          ledger.record(verdicts.completed(audit.event(), policy, judged, next)),
          trace);
      LOG.info("audit {} has its verdict {}; still missing: {}", id, next, missing);
    }
    if (judged.lacks(Hope.SOON) || judged.lacks(Hope.LATER)) {
      putOff(audit, fewer ? missing : before);
    } else {
      unfinished.remove(id);
    }
  }

  private void putOff(UnfinishedAudit audit, Set<String> missing) {
    Duration pause = firstPause.multipliedBy(1L << Math.min(audit.tries(), MOST_DOUBLINGS));
    unfinished.putOff(audit.event().auditId(), pause, missing);
  }

  private static Attempt attempt(Judgement.Judged judged) {
    return new Attempt(
        judged.seen().stream().map(CheckOutcome.Seen::check).collect(Collectors.toSet()),
        judged.missing().stream()
            .filter(missing -> missing.hope() != Hope.NEVER)
            .map(CheckOutcome.Missing::check)
            .collect(Collectors.toSet()));
  }
}
