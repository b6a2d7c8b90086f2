package io.imageaudit.worker.audit;

import io.imageaudit.model.kafka.TransientFaults;
import io.imageaudit.worker.record.UnfinishedAudit;
import io.imageaudit.worker.record.UnfinishedAudits;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.scheduling.annotation.Scheduled;

/**
 * Finishes audits whose verdict was degraded, in rounds: all that are due, some at the same time so
 * that models see batches. A check that nobody could use is left alone for the rest of the round;
 * audits that miss nothing else wait for the next one, and keep no other audit from being finished.
 */
class FinishDegraded implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(FinishDegraded.class);

  /** As many as a batch holds when nobody configures it. */
  private static final int TOGETHER = 16;

  private static final Duration LONGEST_ROUND = Duration.ofMinutes(1);

  private final UnfinishedAudits unfinished;
  private final FinishAudit one;
  private final Duration lease;
  private final InstantSource clock;
  private final AtomicBoolean busy = new AtomicBoolean();
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();

  /**
   * Makes it.
   *
   * @param lease how long audits are kept from other workers; longer than a look at them takes
   */
  FinishDegraded(
      UnfinishedAudits unfinished, FinishAudit one, Duration lease, InstantSource clock) {
    this.unfinished = unfinished;
    this.one = one;
    this.lease = lease;
    this.clock = clock;
  }

  /** Starts a round, unless one is under way; on a thread of its own, for it may take a while. */
  @Scheduled(fixedDelayString = "${image-audit.audit.finish-every:10s}")
  void finishDue() {
    if (busy.compareAndSet(false, true)) {
      threads.execute(this::round);
    }
  }

  /** Ends at once; what was begun is looked at again when its lease has run out. */
  @Override
  public void close() {
    threads.shutdownNow();
  }

  private void round() {
    try {
      finishAll();
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    } catch (ExecutionException | RuntimeException e) {
      LOG.warn("degraded verdicts are finished later", e);
    } finally {
      busy.set(false);
    }
  }

  private void finishAll() throws InterruptedException, ExecutionException {
    Instant end = clock.instant().plus(LONGEST_ROUND);
    Set<String> away = new HashSet<>();
    List<UnfinishedAudit> due = unfinished.take(TOGETHER, lease, away);
    while (!due.isEmpty()) {
      away.addAll(usedByNone(finish(due)));
      due = clock.instant().isBefore(end) ? unfinished.take(TOGETHER, lease, away) : List.of();
    }
  }

  private List<FinishAudit.Attempt> finish(List<UnfinishedAudit> due)
      throws InterruptedException, ExecutionException {
    List<Future<FinishAudit.Attempt>> attempts =
        due.stream().map(audit -> threads.submit(() -> finishSafely(audit))).toList();
    List<FinishAudit.Attempt> made = new java.util.ArrayList<>();
    for (Future<FinishAudit.Attempt> attempt : attempts) {
      made.add(attempt.get());
    }
    return made;
  }

  /** One that is broken keeps nobody else from being finished; what is away concerns all. */
  private FinishAudit.Attempt finishSafely(UnfinishedAudit audit) {
    try {
      return one.finish(audit);
    } catch (RuntimeException e) {
      if (TransientFaults.passesByItself(e)) {
        throw e;
      }
      LOG.warn("audit {} is not finished yet; it is tried again", audit.event().auditId(), e);
      one.putOff(audit);
      return FinishAudit.Attempt.NONE;
    }
  }

  /** Checks that some audits need and none could use; one alone may have been refused by itself. */
  private static Set<String> usedByNone(List<FinishAudit.Attempt> attempts) {
    Set<String> away = new HashSet<>();
    attempts.forEach(attempt -> away.addAll(attempt.away()));
    attempts.forEach(attempt -> away.removeAll(attempt.looked()));
    return away;
  }
}
