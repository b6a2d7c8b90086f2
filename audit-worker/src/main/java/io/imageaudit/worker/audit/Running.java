package io.imageaudit.worker.audit;

import java.time.Duration;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/** Counts what runs. */
final class Running {

  private final ReentrantLock lock = new ReentrantLock();
  private final Condition changed = lock.newCondition();
  private int count;

  void enter(int number) {
    change(number);
  }

  void leave(int number) {
    change(-number);
  }

  int count() {
    lock.lock();
    try {
      return count;
    } finally {
      lock.unlock();
    }
  }

  /** Waits until nothing runs; false when that takes longer than this. */
  boolean awaitNone(Duration longest) {
    lock.lock();
    try {
      long left = longest.toNanos();
      while (count > 0 && left > 0) {
        left = changed.awaitNanos(left);
      }
      return count == 0;
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
      return false;
    } finally {
      lock.unlock();
    }
  }

  private void change(int by) {
    lock.lock();
    try {
      count += by;
      changed.signalAll();
    } finally {
      lock.unlock();
    }
  }
}
