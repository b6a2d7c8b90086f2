package io.imageaudit.worker.audit;

import io.imageaudit.model.TraceParent;
import io.imageaudit.model.event.AuditConcluded;
import io.imageaudit.model.event.AuditIngested;
import io.imageaudit.model.kafka.EventPublisher;
import io.imageaudit.model.kafka.EventTopic;
import io.imageaudit.worker.check.LastCall;
import io.imageaudit.worker.inference.Hope;
import io.imageaudit.worker.policy.Policies;
import io.imageaudit.worker.policy.Policy;
import io.imageaudit.worker.record.AuditLedger;
import io.imageaudit.worker.record.UnfinishedAudits;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.scheduling.annotation.Scheduled;

/**
 * Finishes audits whose verdict was degraded: when the check that was missing can look again, a
 * second verdict is recorded and said. The audit's deadline no longer counts, since its first
 * verdict was in time.
 */
class FinishDegraded {

  private static final Logger LOG = LoggerFactory.getLogger(FinishDegraded.class);
  private static final int SECOND = 2;
  private static final int MOST = 64;
  private static final Duration LEASE = Duration.ofMinutes(2);
  private static final Duration LOOK = Duration.ofSeconds(5);

  private final UnfinishedAudits unfinished;
  private final JudgeImage judge;
  private final Verdicts verdicts;
  private final Policies policies;
  private final AuditLedger ledger;
  private final EventPublisher publisher;
  private final AuditSettings settings;
  private final InstantSource clock;

  FinishDegraded(
      UnfinishedAudits unfinished,
      JudgeImage judge,
      Verdicts verdicts,
      Policies policies,
      AuditLedger ledger,
      EventPublisher publisher,
      AuditSettings settings,
      InstantSource clock) {
    this.unfinished = unfinished;
    this.judge = judge;
    this.verdicts = verdicts;
    this.policies = policies;
    this.ledger = ledger;
    this.publisher = publisher;
    this.settings = settings;
    this.clock = clock;
  }

  /** Finishes one after another; the first that cannot be finished says that it is too early. */
  @Scheduled(fixedDelayString = "${image-audit.audit.finish-every:10s}")
  void finishDue() {
    boolean finished = true;
    for (int count = 0; finished && count < MOST; count++) {
      List<AuditIngested> due = unfinished.take(1, LEASE);
      finished = !due.isEmpty() && finishSafely(due.getFirst());
    }
  }

  private boolean finishSafely(AuditIngested event) {
    try {
      return finish(event);
    } catch (RuntimeException e) { // One that is broken keeps nobody else from being finished.
      LOG.warn("audit {} is not finished yet; it is tried again", event.auditId(), e);
      unfinished.putOff(event.auditId(), settings.finishEvery().multipliedBy(3));
      return true;
    }
  }

  private boolean finish(AuditIngested event) {
    TraceParent trace = EventPublisher.submission(event);
    Optional<AuditConcluded> stored = ledger.find(event.auditId(), SECOND);
    if (stored.isPresent()) {
      say(stored.get(), trace);
      return true;
    }
    Optional<Policy> policy = policies.of(event.request().strategy());
    if (policy.isEmpty()) {
      unfinished.remove(event.auditId());
      return true;
    }
    LastCall until = LastCall.at(clock.instant().plus(LOOK));
    return switch (judge.judge(event, policy.get(), until, trace)) {
      case Judgement.Unjudged _ -> {
        unfinished.remove(event.auditId());
        yield true;
      }
      case Judgement.Judged judged -> finish(event, policy.get(), judged, trace);
    };
  }

  private boolean finish(
      AuditIngested event, Policy policy, Judgement.Judged judged, TraceParent trace) {
    if (judged.missing().isEmpty()) {
      say(ledger.record(verdicts.completed(event, policy, judged, SECOND)), trace);
      LOG.info("audit {} has its full verdict", event.auditId());
      return true;
    }
    if (judged.lacks(Hope.SOON) || judged.lacks(Hope.LATER)) {
      unfinished.putOff(event.auditId(), settings.finishEvery());
      return false;
    }
    unfinished.remove(event.auditId());
    return true;
  }

  private void say(AuditConcluded second, TraceParent trace) {
    publisher.publish(EventTopic.CONCLUDED, second, trace);
    unfinished.remove(second.auditId());
  }
}
