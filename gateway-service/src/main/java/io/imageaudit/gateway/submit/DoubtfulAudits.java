package io.imageaudit.gateway.submit;

import io.imageaudit.model.AuditId;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Collection;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessException;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.transaction.TransactionException;

/**
 * Audits whose clients were told that nothing was accepted, although they may be written down, or
 * may be yet: a database that was given up can finish what it was at. Nobody repeats them by a key,
 * so they are taken back, again and again until the sweep would have announced them.
 */
class DoubtfulAudits {

  private static final Logger LOG = LoggerFactory.getLogger(DoubtfulAudits.class);
  private static final int MOST = 10_000;

  private final AcceptedAudits audits;
  private final Duration patience;
  private final InstantSource clock;
  private final Map<AuditId, Instant> doubtful = new ConcurrentHashMap<>();

  /**
   * Starts with none.
   *
   * @param audits takes them back
   * @param patience how long an audit may stay QUEUED before the sweep announces it
   */
  DoubtfulAudits(AcceptedAudits audits, Duration patience, InstantSource clock) {
    this.audits = audits;
    this.patience = patience;
    this.clock = clock;
  }

  /** Adds those of them that no key stands for, as far as there is room. */
  void add(Collection<Acceptance> acceptances) {
    Instant until = clock.instant().plus(patience);
    for (Acceptance acceptance : acceptances) {
      if (acceptance.repeat() == null && doubtful.size() < MOST) {
        doubtful.put(acceptance.event().auditId(), until);
      }
    }
  }

  /** One round. One that was not there is looked for until its time has passed. */
  @Scheduled(fixedDelayString = "${image-audit.submit.doubt-interval:500ms}")
  void takeBack() {
    if (doubtful.isEmpty()) {
      return;
    }
    Map<AuditId, Instant> round = Map.copyOf(doubtful);
    Instant now = clock.instant();
    try {
      doubtful.keySet().removeAll(audits.withdraw(round.keySet()));
      round.forEach((audit, until) -> {
        if (!now.isBefore(until)) {
          doubtful.remove(audit);
        }
      });
    } catch (DataAccessException | TransactionException e) {
      LOG.warn("Audits in doubt cannot be taken back; tried again soon: {}", e.toString());
    }
  }

  /** How many there are. */
  int count() {
    return doubtful.size();
  }
}
