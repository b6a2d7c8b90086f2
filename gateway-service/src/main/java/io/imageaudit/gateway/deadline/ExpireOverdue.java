package io.imageaudit.gateway.deadline;

import io.imageaudit.gateway.event.EventRound;
import io.imageaudit.gateway.trace.LogContext;
import io.imageaudit.model.event.AuditConcluded;
import io.imageaudit.model.kafka.EventPublisher;
import io.imageaudit.model.kafka.EventTopic;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessException;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.transaction.TransactionException;

/**
 * Says of overdue audits that they have ended. It writes nothing down itself: whether this end or a
 * verdict came first is decided by the order in the topic, and heard by the read model like by
 * everybody else.
 */
class ExpireOverdue {

  private static final Logger LOG = LoggerFactory.getLogger(ExpireOverdue.class);
  private static final int AT_A_TIME = 200;

  private final OverdueAudits audits;
  private final EventPublisher events;
  private final DeadlineSettings settings;
  private final InstantSource clock;

  ExpireOverdue(
      OverdueAudits audits, EventPublisher events, DeadlineSettings settings, InstantSource clock) {
    this.audits = audits;
    this.events = events;
    this.settings = settings;
    this.clock = clock;
  }

  /** Rounds until nothing is left. What fails is due again later. */
  @Scheduled(fixedDelayString = "${image-audit.deadline.interval:1s}")
  void expire() {
    try {
      boolean more = true;
      while (more) {
        more = expireSome();
      }
    } catch (DataAccessException | TransactionException e) {
      LOG.warn("Overdue audits cannot be looked for; tried again later: {}", e.toString());
    }
  }

  /** Whether there may be more, and the broker takes them. */
  private boolean expireSome() {
    List<AuditConcluded> overdue = audits.take(clock.instant(), settings.grace(), AT_A_TIME);
    EventRound round = new EventRound(events);
    List<Pending> pending = overdue.stream().map(event -> say(round, event)).toList();
    long said = pending.stream().filter(ExpireOverdue::confirm).count();
    return said == AT_A_TIME;
  }

  private Pending say(EventRound round, AuditConcluded end) {
    return new Pending(end, round.send(EventTopic.CONCLUDED, end, EventPublisher.submission(end)));
  }

  private static boolean confirm(Pending pending) {
    try (LogContext _ = LogContext.of(pending.end())) {
      pending.said().join();
      LOG.info("An audit ended at its deadline without a verdict");
      return true;
    } catch (CompletionException e) {
      LOG.warn(
          "An overdue audit cannot be ended; tried again later: {}", String.valueOf(e.getCause()));
      return false;
    }
  }

  private record Pending(AuditConcluded end, CompletableFuture<Void> said) {}
}
