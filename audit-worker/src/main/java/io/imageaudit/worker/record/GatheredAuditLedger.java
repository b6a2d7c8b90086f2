package io.imageaudit.worker.record;

import io.imageaudit.model.AuditId;
import io.imageaudit.model.event.AuditConcluded;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.locks.ReentrantLock;
import org.springframework.dao.NonTransientDataAccessException;

/**
 * Adds records together that come while others are being added: whoever finds nobody writing writes
 * for all who wait. An idle database is written to at once, a busy one in fewer, larger
 * transactions. One record that is refused spoils no other.
 */
final class GatheredAuditLedger implements AuditLedger {

  private static final int MOST = 256;

  private final AuditLedger next;
  private final ConcurrentLinkedQueue<Waiting> waiting = new ConcurrentLinkedQueue<>();
  private final ReentrantLock writing = new ReentrantLock(true);

  GatheredAuditLedger(AuditLedger next) {
    this.next = next;
  }

  @Override
  public AuditConcluded record(AuditRecord entry) {
    Waiting mine = new Waiting(entry, new CompletableFuture<>());
    waiting.add(mine);
    while (!mine.stored().isDone()) {
      writing.lock();
      try {
        if (!mine.stored().isDone()) {
          write(gathered());
        }
      } finally {
        writing.unlock();
      }
    }
    try {
      return mine.stored().join();
    } catch (CompletionException e) {
      throw e.getCause() instanceof RuntimeException fault ? fault : e;
    }
  }

  @Override
  public List<AuditConcluded> recordAll(List<AuditRecord> entries) {
    return next.recordAll(entries);
  }

  @Override
  public Optional<AuditConcluded> find(AuditId audit, int verdictSeq) {
    return next.find(audit, verdictSeq);
  }

  @Override
  public Optional<AuditConcluded> latest(AuditId audit) {
    return next.latest(audit);
  }

  @Override
  public Map<AuditId, AuditConcluded> first(Collection<AuditId> audits) {
    return next.first(audits);
  }

  private List<Waiting> gathered() {
    List<Waiting> gathered = new ArrayList<>();
    for (Waiting each = waiting.poll(); each != null; each = waiting.poll()) {
      gathered.add(each);
      if (gathered.size() == MOST) {
        break;
      }
    }
    return gathered;
  }

  private void write(List<Waiting> gathered) {
    try {
      List<AuditConcluded> stored = next.recordAll(gathered.stream().map(Waiting::entry).toList());
      for (int at = 0; at < stored.size(); at++) {
        gathered.get(at).stored().complete(stored.get(at));
      }
    } catch (NonTransientDataAccessException e) {
      if (gathered.size() == 1) {
        gathered.getFirst().stored().completeExceptionally(e);
      } else {
        gathered.forEach(each -> write(List.of(each)));
      }
    } catch (RuntimeException | Error e) { // Whoever waits must hear of it.
      gathered.forEach(each -> each.stored().completeExceptionally(e));
    }
  }

  /** A record on its way. */
  private record Waiting(AuditRecord entry, CompletableFuture<AuditConcluded> stored) {}
}
