package io.imageaudit.gateway.submit;

import io.imageaudit.model.AuditId;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessException;
import org.springframework.dao.NonTransientDataAccessException;
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
  private final int maxGroup;
  private final Duration patience;
  private final BlockingQueue<Waiting> queue = new LinkedBlockingQueue<>(MOST_WAITING);
  private final List<Thread> writers = new ArrayList<>();
  private final CountDownLatch running;

  /**
   * Starts the writers.
   *
   * @param audits writes a group
   * @param maxGroup most audits in one commit
   * @param writers how many commits may be under way at a time
   * @param patience longest that a request waits
   */
  GroupedAcceptedAudits(AcceptedAudits audits, int maxGroup, int writers, Duration patience) {
    this.audits = audits;
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
    try {
      return waiting.answer().get(patience.toMillis(), TimeUnit.MILLISECONDS);
    } catch (TimeoutException e) {
      if (waiting.answer().cancel(false)) {
        throw new QueryTimeoutException("not written down in time", e);
      }
      return waiting.answer().join(); // It came just now.
    } catch (ExecutionException e) {
      if (e.getCause() instanceof DataAccessException fault) {
        throw fault;
      }
      throw new IllegalStateException(e.getCause());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      waiting.answer().cancel(false);
      throw new QueryTimeoutException("interrupted", e);
    }
  }

  @Override
  public void withdraw(AuditId auditId) {
    audits.withdraw(auditId);
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
    try {
      answer(group, audits.record(group.stream().flatMap(w -> w.acceptances().stream()).toList()));
    } catch (NonTransientDataAccessException e) {
      if (group.size() > 1) {
        group.forEach(alone -> write(List.of(alone))); // One of them is at fault; find out which.
      } else {
        fail(group, e);
      }
    } catch (RuntimeException e) {
      fail(group, e);
    }
  }

  private static void fail(List<Waiting> group, RuntimeException fault) {
    group.forEach(waiting -> waiting.answer().completeExceptionally(fault));
  }

  private void answer(List<Waiting> group, List<Recorded> recorded) {
    int start = 0;
    for (Waiting waiting : group) {
      int end = start + waiting.acceptances().size();
      List<Recorded> own = List.copyOf(recorded.subList(start, end));
      if (!waiting.answer().complete(own)) {
        takeBack(waiting, own);
      }
      start = end;
    }
  }

  /** Nobody waits for the answer any more: the client was told that nothing was accepted. */
  private void takeBack(Waiting waiting, List<Recorded> recorded) {
    for (int index = 0; index < recorded.size(); index++) {
      Acceptance acceptance = waiting.acceptances().get(index);
      if (recorded.get(index) instanceof Recorded.New && acceptance.repeat() == null) {
        audits.withdraw(acceptance.event().auditId());
      }
    }
  }

  private record Waiting(List<Acceptance> acceptances, CompletableFuture<List<Recorded>> answer) {}
}
