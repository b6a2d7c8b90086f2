package io.imageaudit.notification.access;

import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionTemplate;

/** Work in PostgreSQL, which ends statements by itself when their time is over. */
final class JdbcBoundedWork implements BoundedWork {

  private final JdbcClient jdbc;
  private final TransactionTemplate transaction;
  private final Semaphore places;
  private final Duration limit;

  /**
   * Makes it.
   *
   * @param mostAtATime how much is done at a time
   * @param limit longest time from the call to the commit
   */
  JdbcBoundedWork(
      JdbcClient jdbc, TransactionTemplate transaction, int mostAtATime, Duration limit) {
    this.jdbc = jdbc;
    this.transaction = transaction;
    this.places = new Semaphore(mostAtATime);
    this.limit = limit;
  }

  @Override
  public <T> T within(Supplier<T> work) {
    long deadline = System.nanoTime() + limit.toNanos();
    take();
    try {
      return transaction.execute(_ -> limited(work, deadline));
    } finally {
      places.release();
    }
  }

  /** Waits a moment: most work is done soon. */
  private void take() {
    try {
      if (!places.tryAcquire(limit.toNanos() / 4, TimeUnit.NANOSECONDS)) {
        throw OverloadedException.tooMany();
      }
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
      throw OverloadedException.tooMany();
    }
  }

  private <T> T limited(Supplier<T> work, long deadline) {
    jdbc.sql("select set_config('statement_timeout', ?, true)")
        .param(Long.toString(millisUntil(deadline)))
        .query()
        .singleRow();
    try {
      T done = work.get();
      millisUntil(deadline);
      return done;
    } catch (DataAccessException e) {
      millisUntil(deadline);
      throw e;
    }
  }

  /** What is left of the time; none left is a fault. */
  private static long millisUntil(long deadline) {
    long millis = TimeUnit.NANOSECONDS.toMillis(deadline - System.nanoTime());
    if (millis < 1) {
      throw OverloadedException.tooSlow();
    }
    return millis;
  }
}
