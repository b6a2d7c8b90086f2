package io.imageaudit.gateway.submit;

import io.imageaudit.gateway.event.EventRound;
import io.imageaudit.gateway.trace.LogContext;
import io.imageaudit.model.event.AuditSubmitted;
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

/** Announces audits again that stayed QUEUED, such as those whose gateway died before it could. */
class AnnounceQueued {

  private static final Logger LOG = LoggerFactory.getLogger(AnnounceQueued.class);
  private static final int AT_A_TIME = 200;

  private final UnannouncedAudits audits;
  private final EventPublisher events;
  private final InstantSource clock;

  AnnounceQueued(UnannouncedAudits audits, EventPublisher events, InstantSource clock) {
    this.audits = audits;
    this.events = events;
    this.clock = clock;
  }

  /** Rounds until nothing is left. What fails is due again later. */
  @Scheduled(fixedDelayString = "${image-audit.submit.sweep-interval:5s}")
  void announce() {
    try {
      boolean more = true;
      while (more) {
        more = announceSome();
      }
      int forgotten = AT_A_TIME;
      while (forgotten == AT_A_TIME) {
        forgotten = audits.forgetExpiredKeys(clock.instant(), AT_A_TIME);
      }
    } catch (DataAccessException | TransactionException e) {
      LOG.warn("Audits that stay QUEUED cannot be looked for; tried again later: {}", e.toString());
    }
  }

  /** Whether there may be more, and the broker takes them. */
  private boolean announceSome() {
    List<AuditSubmitted> due = audits.take(clock.instant(), AT_A_TIME);
    EventRound round = new EventRound(events);
    List<Pending> pending = due.stream().map(event -> announce(round, event)).toList();
    long said = pending.stream().filter(AnnounceQueued::confirm).count();
    return said == AT_A_TIME;
  }

  private Pending announce(EventRound round, AuditSubmitted event) {
    return new Pending(
        event, round.send(EventTopic.SUBMITTED, event, EventPublisher.submission(event)));
  }

  private static boolean confirm(Pending pending) {
    try (LogContext _ = LogContext.of(pending.event())) {
      pending.said().join();
      LOG.info("An audit that stayed QUEUED was announced again");
      return true;
    } catch (CompletionException e) {
      LOG.warn("An audit that stays QUEUED cannot be announced; tried again later: {}", cause(e));
      return false;
    }
  }

  private static String cause(CompletionException fault) {
    return String.valueOf(fault.getCause());
  }

  private record Pending(AuditSubmitted event, CompletableFuture<Void> said) {}
}
