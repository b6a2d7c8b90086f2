package io.imageaudit.modelserver.serve;

import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;

/** What inference calls came so far. Every call counted ends as answered or as refused. */
public final class Traffic {

  private final AtomicLong calls = new AtomicLong();
  private final AtomicLong answered = new AtomicLong();
  private final AtomicLong rows = new AtomicLong();
  private final AtomicLong largestBatch = new AtomicLong();
  private final AtomicInteger running = new AtomicInteger();
  private final AtomicInteger mostRunning = new AtomicInteger();

  void started() {
    calls.incrementAndGet();
  }

  void runs(long batch) {
    mostRunning.accumulateAndGet(running.incrementAndGet(), Math::max);
    largestBatch.accumulateAndGet(batch, Math::max);
  }

  void ran() {
    running.decrementAndGet();
  }

  void answered(long batch) {
    answered.incrementAndGet();
    rows.addAndGet(batch);
  }

  /** Calls that named a known model, whatever became of them. */
  public long calls() {
    return calls.get();
  }

  /** Calls that got an answer. */
  public long answered() {
    return answered.get();
  }

  /** Rows in all answers. */
  public long rows() {
    return rows.get();
  }

  /** Most rows in one call that ran. */
  public long largestBatch() {
    return largestBatch.get();
  }

  /** Calls that run now. */
  public int running() {
    return running.get();
  }

  /** Most calls that ran at the same time. */
  public int mostRunning() {
    return mostRunning.get();
  }
}
