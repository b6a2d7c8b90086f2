package io.imageaudit.gateway.status;

import io.imageaudit.model.AuditId;
import java.util.HashSet;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.event.ContextClosedEvent;
import org.springframework.context.event.EventListener;
import org.springframework.dao.DataAccessException;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.transaction.TransactionException;

/**
 * Wakes requests whose audit ended while another instance heard of it: one question for all of them
 * at a time.
 */
class WatchEnds {

  private static final Logger LOG = LoggerFactory.getLogger(WatchEnds.class);

  private final AuditWatch watch;
  private final KnownAudits audits;

  WatchEnds(AuditWatch watch, KnownAudits audits) {
    this.watch = watch;
    this.audits = audits;
  }

  /** One look. */
  @Scheduled(fixedDelayString = "${image-audit.status.watch-interval:500ms}")
  void look() {
    List<AuditId> watched = watch.watched();
    if (watched.isEmpty()) {
      return;
    }
    try {
      watch.ended(new HashSet<>(audits.endedAmong(watched)));
    } catch (DataAccessException | TransactionException e) {
      LOG.warn("Waiting requests cannot be looked after; tried again soon: {}", e.toString());
    }
  }

  /** Lets nobody wait when the service ends. */
  @EventListener(ContextClosedEvent.class)
  void end() {
    watch.close();
  }
}
