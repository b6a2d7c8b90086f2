package io.imageaudit.worker.audit;

import io.imageaudit.model.Failure;
import io.imageaudit.model.FailureCode;
import io.imageaudit.model.TraceParent;
import io.imageaudit.model.event.AuditConcluded;
import io.imageaudit.model.event.AuditIngested;
import io.imageaudit.model.kafka.EventPublisher;
import io.imageaudit.model.kafka.EventTopic;
import io.imageaudit.worker.check.LastCall;
import io.imageaudit.worker.inference.Hope;
import io.imageaudit.worker.policy.Policies;
import io.imageaudit.worker.policy.Policy;
import io.imageaudit.worker.policy.WhenMissing;
import io.imageaudit.worker.record.AuditLedger;
import io.imageaudit.worker.record.AuditRecord;
import io.imageaudit.worker.record.ReusableVerdicts;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import org.jspecify.annotations.Nullable;

/**
 * The step of the worker: judges an image, records the verdict, says it. In this order, so that a
 * crash in between repeats the rest and nothing else: a recorded verdict is said again, the models
 * are not asked twice.
 */
final class RunAudit {

  private static final int FIRST = 1;
  private static final Failure BROKEN =
      new Failure(FailureCode.INTERNAL_ERROR, "The image could not be audited. Submit it again.");

  /** Time in which another worker can still give a full verdict. */
  private static final Duration HANDOVER = Duration.ofSeconds(3);

  private final JudgeImage judge;
  private final Policies policies;
  private final AuditLedger ledger;
  private final ReusableVerdicts reusable;
  private final EventPublisher publisher;
  private final Verdicts verdicts;
  private final AuditSettings settings;
  private final InstantSource clock;

  RunAudit(
      JudgeImage judge,
      Policies policies,
      AuditLedger ledger,
      ReusableVerdicts reusable,
      EventPublisher publisher,
      Verdicts verdicts,
      AuditSettings settings,
      InstantSource clock) {
    this.judge = judge;
    this.policies = policies;
    this.ledger = ledger;
    this.reusable = reusable;
    this.publisher = publisher;
    this.verdicts = verdicts;
    this.settings = settings;
    this.clock = clock;
  }

  /**
   * Runs one audit.
   *
   * @param stored what its record says, if there is one
   * @param alike a verdict of the same content that counts for this audit, if there is one
   * @param holdUntil how long it may wait for models that are away
   * @param trace the step that runs it
   */
  AuditOutcome run(
      AuditIngested event,
      @Nullable AuditConcluded stored,
      @Nullable AuditConcluded alike,
      Instant holdUntil,
      TraceParent trace) {
    if (stored != null) {
      return say(stored, trace);
    }
    if (!clock.instant().isBefore(event.request().deadline())) {
      return conclude(verdicts.expired(event), trace);
    }
    if (alike != null) {
      return conclude(verdicts.reused(event, alike), trace);
    }
    Policy policy =
        policies
            .of(event.request().strategy())
            .orElseThrow(() ->
                new IllegalStateException("strategy: no policy " + event.request().strategy()));
    LastCall until =
        policy.missing() == WhenMissing.HOLD
            ? LastCall.at(lastCall(event)) // That is what its policy asks for.
            : new LastCall(lastCall(event), holdUntil);
    return switch (judge.judge(event, policy, until, trace)) {
      case Judgement.Unjudged(Failure failure) -> conclude(verdicts.failed(event, failure), trace);
      case Judgement.Judged judged -> decide(event, policy, judged, until, trace);
    };
  }

  /**
   * Ends an audit that stays broken. Recorded first like every other end: else it could still get a
   * verdict of which nobody would hear, since the first end that was said counts.
   */
  boolean fail(AuditIngested event, TraceParent trace) {
    conclude(verdicts.failed(event, BROKEN), trace);
    return true;
  }

  /** Keeps for operators what stayed broken. */
  boolean putAside(AuditIngested event, TraceParent trace, Throwable fault) {
    publisher.putAside(EventTopic.INGESTED, event, trace, fault.getClass().getName());
    return true;
  }

  private AuditOutcome decide(
      AuditIngested event,
      Policy policy,
      Judgement.Judged judged,
      LastCall until,
      TraceParent trace) {
    if (judged.lacks(Hope.SOON) && isTimeToWait(until)) {
      return new AuditOutcome.Postponed(judged.missing().getFirst().code());
    }
    boolean undecided = !judged.missing().isEmpty() && policy.missing() == WhenMissing.HOLD;
    return conclude(
        undecided
            ? verdicts.held(event, policy, judged)
            : verdicts.completed(event, policy, judged, FIRST),
        trace);
  }

  private AuditOutcome conclude(AuditRecord entry, TraceParent trace) {
    AuditConcluded recorded = ledger.record(entry);
    String key = entry.reuseKey();
    if (key != null && recorded.equals(entry.concluded())) {
      reusable.remember(key, recorded);
    }
    return say(recorded, trace);
  }

  private AuditOutcome say(AuditConcluded concluded, TraceParent trace) {
    publisher.publish(EventTopic.CONCLUDED, concluded, trace);
    return new AuditOutcome.Concluded(concluded);
  }

  /** Whether a check gave up early: the worker stops, and another one may have more luck. */
  private boolean isTimeToWait(LastCall until) {
    return clock.instant().plus(HANDOVER).isBefore(until.hope());
  }

  /** When a degraded verdict must be made. */
  private Instant lastCall(AuditIngested event) {
    return event.request().deadline().minus(settings.reserve());
  }
}
