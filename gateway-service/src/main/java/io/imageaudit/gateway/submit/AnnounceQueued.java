package io.imageaudit.gateway.submit;

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

  /** One round. What fails is due again later. */
  @Scheduled(fixedDelayString = "${image-audit.submit.sweep-interval:5s}")
  void announce() {
    try {
      List<AuditSubmitted> due = audits.take(clock.instant(), AT_A_TIME);
      List<CompletableFuture<Void>> said = due.stream().map(this::announce).toList();
      said.forEach(CompletableFuture::join);
      if (!due.isEmpty()) {
        LOG.info("{} audits that stayed QUEUED were announced again", due.size());
      }
      audits.forgetExpiredKeys(clock.instant(), AT_A_TIME);
    } catch (CompletionException | DataAccessException | TransactionException e) {
      LOG.warn("Audits that stay QUEUED cannot be announced; tried again later: {}", e.toString());
    }
  }

  private CompletableFuture<Void> announce(AuditSubmitted event) {
    return events.send(EventTopic.SUBMITTED, event, EventPublisher.submission(event));
  }
}
