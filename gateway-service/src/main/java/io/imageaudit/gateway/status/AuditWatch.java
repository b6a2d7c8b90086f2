package io.imageaudit.gateway.status;

import io.imageaudit.model.AuditId;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * Lets requests wait for the end of an audit. A waiting request holds a virtual thread and its
 * connection to the client, and nothing else.
 */
final class AuditWatch {

  private static final int MOST_WAITING = 10_000;

  private final Map<Waiter, AuditId> waiters = new ConcurrentHashMap<>();
  private volatile boolean closed;

  /** Begins to watch an audit; close it in the end. When too many watch, it does not wait. */
  Waiter watch(AuditId auditId) {
    Waiter waiter = new Waiter();
    if (closed || waiters.size() >= MOST_WAITING) {
      waiter.ended.countDown();
    } else {
      waiters.put(waiter, auditId);
    }
    return waiter;
  }

  /** The audits that somebody waits for. */
  List<AuditId> watched() {
    return waiters.values().stream().distinct().toList();
  }

  /** Wakes those who wait for these audits. */
  void ended(Collection<AuditId> audits) {
    if (!waiters.isEmpty()) {
      waiters.forEach((waiter, auditId) -> {
        if (audits.contains(auditId)) {
          waiter.ended.countDown();
        }
      });
    }
  }

  /** Wakes everybody, for good. */
  void close() {
    closed = true;
    waiters.keySet().forEach(waiter -> waiter.ended.countDown());
  }

  /** Somebody who waits. */
  final class Waiter implements AutoCloseable {

    private final CountDownLatch ended = new CountDownLatch(1);

    private Waiter() {}

    /** Waits for the end of the audit, at most so long. */
    void await(Duration longest) {
      try {
        ended.await(longest.toMillis(), TimeUnit.MILLISECONDS);
      } catch (InterruptedException _) {
        Thread.currentThread().interrupt();
      }
    }

    @Override
    public void close() {
      waiters.remove(this);
    }
  }
}
