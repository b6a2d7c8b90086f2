package io.imageaudit.gateway.deadline;

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

  /** One round. What fails is due again later. */
  @Scheduled(fixedDelayString = "${image-audit.deadline.interval:1s}")
  void expire() {
    try {
      List<AuditConcluded> overdue = audits.take(clock.instant(), settings.grace(), AT_A_TIME);
      List<CompletableFuture<Void>> said = overdue.stream().map(this::say).toList();
      said.forEach(CompletableFuture::join);
      if (!overdue.isEmpty()) {
        LOG.info("{} audits ended at their deadline without a verdict", overdue.size());
      }
    } catch (CompletionException | DataAccessException | TransactionException e) {
      LOG.warn("Overdue audits cannot be ended; tried again later: {}", e.toString());
    }
  }

  private CompletableFuture<Void> say(AuditConcluded end) {
    return events.send(EventTopic.CONCLUDED, end, EventPublisher.submission(end));
  }
}
