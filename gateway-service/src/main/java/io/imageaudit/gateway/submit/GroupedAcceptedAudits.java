package io.imageaudit.gateway.submit;

import io.imageaudit.model.AuditId;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataIntegrityViolationException;
import org.springframework.dao.QueryTimeoutException;

/**
 * Lets requests that come at the same time share a commit. A few writers each take all that waits,
 * up to a limit, and write it in one go; while a commit is under way the next group gathers. So an
 * idle service waits for nobody, and the cost per request falls as load rises.
 */
final class GroupedAcceptedAudits implements AcceptedAudits, AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(GroupedAcceptedAudits.class);
  private static final int MOST_WAITING = 10_000;

  private final AcceptedAudits audits;
  private final DoubtfulAudits doubtful;
  private final int maxGroup;
  private final Duration patience;
  private final BlockingQueue<Waiting> queue = new LinkedBlockingQueue<>(MOST_WAITING);
  private final List<Thread> writers = new ArrayList<>();
  private final CountDownLatch running;

  /**
   * Starts the writers.
   *
   * @param audits writes a group
   * @param doubtful takes back what was refused and may be written all the same
   * @param maxGroup most audits in one commit
   * @param writers how many commits may be under way at a time
   * @param patience longest that a request waits
   */
  GroupedAcceptedAudits(
      AcceptedAudits audits,
      DoubtfulAudits doubtful,
      int maxGroup,
      int writers,
      Duration patience) {
    this.audits = audits;
    this.doubtful = doubtful;
    this.maxGroup = maxGroup;
    this.patience = patience;
    this.running = new CountDownLatch(writers);
    for (int number = 0; number < writers; number++) {
      this.writers.add(Thread.ofVirtual().name("accept-" + number).start(this::write));
    }
  }

  @Override
  public List<Recorded> record(List<Acceptance> acceptances) {
    Waiting waiting = new Waiting(acceptances, new CompletableFuture<>());
    if (!queue.offer(waiting)) {
      throw new QueryTimeoutException("too many requests wait to be written down");
    }
    return waiting.await(patience);
  }

  @Override
  public Set<AuditId> withdraw(Collection<AuditId> withdrawn) {
    return audits.withdraw(withdrawn);
  }

  @Override
  public void note(AuditId auditId, boolean refused) {
    audits.note(auditId, refused);
  }

  /** How many requests wait for a writer. */
  int waiting() {
    return queue.size();
  }

  /** Ends the writers after the group that each is at. */
  @Override
  public void close() throws InterruptedException {
    writers.forEach(Thread::interrupt);
    if (!running.await(patience.toMillis(), TimeUnit.MILLISECONDS)) {
      LOG.warn("A commit is still under way at the end");
    }
  }

  private void write() {
    try {
      while (true) {
        write(nextGroup());
      }
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    } finally {
      running.countDown();
    }
  }

  private List<Waiting> nextGroup() throws InterruptedException {
    List<Waiting> group = new ArrayList<>();
    Waiting next = queue.take();
    int size = 0;
    while (next != null) {
      if (!next.answer().isDone()) {
        group.add(next);
        size += next.acceptances().size();
      }
      next = size < maxGroup ? queue.poll() : null;
    }
    return group;
  }

  private void write(List<Waiting> group) {
    if (group.isEmpty()) {
      return;
    }
    List<Recorded> recorded;
    try {
      recorded = audits.record(acceptances(group));
    } catch (DataIntegrityViolationException e) {
      refused(group, e);
      return;
    } catch (RuntimeException e) {
      doubtful.add(acceptances(group)); // The database may finish what it was at.
      fail(group, e);
      return;
    }
    answer(group, recorded);
  }

  private static List<Acceptance> acceptances(List<Waiting> group) {
    return group.stream().flatMap(waiting -> waiting.acceptances().stream()).toList();
  }

  /** One of them is at fault, and none is written: finds out which. */
  private void refused(List<Waiting> group, DataIntegrityViolationException fault) {
    if (group.size() == 1) {
      fail(group, fault);
      return;
    }
    for (Waiting alone : group) {
      if (!alone.answer().isDone()) {
        write(List.of(alone));
      }
    }
  }

  private static void fail(List<Waiting> group, RuntimeException fault) {
    group.forEach(waiting -> waiting.answer().completeExceptionally(fault));
  }

  /** Taking back what nobody waits for any more is left to others, so that everybody hears. */
  private void answer(List<Waiting> group, List<Recorded> recorded) {
    List<Acceptance> late = new ArrayList<>();
    int start = 0;
    for (Waiting waiting : group) {
      int end = start + waiting.acceptances().size();
      List<Recorded> own = List.copyOf(recorded.subList(start, end));
      if (!waiting.answer().complete(own)) {
        addNew(late, waiting, own);
      }
      start = end;
    }
    doubtful.add(late);
  }

  /** The client was told that nothing was accepted. */
  private static void addNew(List<Acceptance> late, Waiting waiting, List<Recorded> recorded) {
    for (int index = 0; index < recorded.size(); index++) {
      if (recorded.get(index) instanceof Recorded.New) {
        late.add(waiting.acceptances().get(index));
      }
    }
  }
}
