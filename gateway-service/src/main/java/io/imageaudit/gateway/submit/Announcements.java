package io.imageaudit.gateway.submit;

import io.imageaudit.gateway.event.EventRound;
import io.imageaudit.gateway.trace.LogContext;
import io.imageaudit.model.AuditStatus;
import io.imageaudit.model.TraceParent;
import io.imageaudit.model.event.AuditSubmitted;
import io.imageaudit.model.kafka.EventPublisher;
import io.imageaudit.model.kafka.EventTopic;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessException;
import org.springframework.transaction.TransactionException;

/**
 * Says of each audit that it was submitted, many at a time.
 *
 * <p>When that fails, an audit without an Idempotency-Key is taken back, as nobody will ask for it
 * again. One with a key stays, as the broker may have it all the same: the client's repetition
 * announces it again under the same identity, or makes another once its time has passed.
 */
final class Announcements {

  private static final Logger LOG = LoggerFactory.getLogger(Announcements.class);

  private final EventPublisher events;
  private final AcceptedAudits audits;
  private final DoubtfulAudits doubtful;

  Announcements(EventPublisher events, AcceptedAudits audits, DoubtfulAudits doubtful) {
    this.events = events;
    this.audits = audits;
    this.doubtful = doubtful;
  }

  /** One announcement under way. */
  interface Announcement {

    /** Waits until the broker has it, or does not take it. */
    SubmitOutcome await();
  }

  /** A round of announcements. */
  EventRound begin() {
    return new EventRound(events);
  }

  /** Starts to announce what was written down for a request. */
  Announcement start(
      EventRound round,
      Acceptance acceptance,
      AcceptedAudits.Recorded recorded,
      TraceParent trace) {
    return switch (recorded) {
      case AcceptedAudits.Recorded.New _ -> first(round, acceptance, trace);
      case AcceptedAudits.Recorded.Other _ -> SubmitOutcome.KeyReused::new;
      case AcceptedAudits.Recorded.Earlier earlier -> again(round, acceptance, earlier, trace);
    };
  }

  private Announcement first(EventRound round, Acceptance acceptance, TraceParent trace) {
    AuditSubmitted event = acceptance.event();
    CompletableFuture<Void> said = round.send(EventTopic.SUBMITTED, event, trace);
    return () -> {
      if (isSaid(event, said)) {
        return new SubmitOutcome.Accepted(event.auditId(), false);
      }
      if (acceptance.repeat() == null) {
        withdraw(acceptance);
      } else {
        note(event, true);
      }
      return new SubmitOutcome.Unavailable();
    };
  }

  private Announcement again(
      EventRound round,
      Acceptance acceptance,
      AcceptedAudits.Recorded.Earlier earlier,
      TraceParent trace) {
    if (!earlier.isOf(acceptance)) {
      return SubmitOutcome.KeyReused::new;
    }
    AuditSubmitted event = earlier.event();
    SubmitOutcome replayed = new SubmitOutcome.Accepted(event.auditId(), true);
    if (earlier.status() != AuditStatus.QUEUED) {
      return () -> replayed;
    }
    CompletableFuture<Void> said = round.send(EventTopic.SUBMITTED, event, trace);
    return () -> {
      if (!isSaid(event, said)) {
        return new SubmitOutcome.Unavailable();
      }
      if (earlier.refused()) {
        note(event, false);
      }
      return replayed;
    };
  }

  private static boolean isSaid(AuditSubmitted event, CompletableFuture<Void> said) {
    try {
      said.join();
      return true;
    } catch (CompletionException e) {
      try (LogContext _ = LogContext.of(event)) {
        LOG.warn("An audit cannot be announced: {}", String.valueOf(e.getCause()));
      }
      return false;
    }
  }

  private void withdraw(Acceptance acceptance) {
    AuditSubmitted event = acceptance.event();
    try {
      audits.withdraw(Set.of(event.auditId()));
    } catch (DataAccessException | TransactionException e) {
      doubtful.add(List.of(acceptance));
      try (LogContext _ = LogContext.of(event)) {
        LOG.warn("An audit cannot be taken back now; tried again soon: {}", e.toString());
      }
    }
  }

  private void note(AuditSubmitted event, boolean refused) {
    try {
      audits.note(event.auditId(), refused);
    } catch (DataAccessException | TransactionException e) {
      try (LogContext _ = LogContext.of(event)) {
        LOG.warn("What was said of an audit cannot be noted: {}", e.toString());
      }
    }
  }
}
