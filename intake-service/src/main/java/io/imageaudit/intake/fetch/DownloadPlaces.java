package io.imageaudit.intake.fetch;

import io.imageaudit.model.net.Shares;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/**
 * Bounds how many downloads are made at a time, from one host and in all, in the order of asking.
 * Who waits for a host takes nothing from the others; and as a download is short whatever its
 * server does, who waits for one of all is not held up for long.
 */
final class DownloadPlaces {

  private final Shares hosts;
  private final Semaphore all;

  DownloadPlaces(int fromOneHost, int inAll) {
    this.hosts = new Shares(fromOneHost);
    this.all = new Semaphore(inAll, true);
  }

  /**
   * Waits for a place; whoever got one leaves it afterwards.
   *
   * @param end of the waiting, as {@link System#nanoTime()} counts
   * @return whether there was one in time
   */
  boolean enter(String host, long end) throws InterruptedException {
    if (!hosts.enter(host, end - System.nanoTime())) {
      return false;
    }
    boolean entered = false;
    try {
      entered = all.tryAcquire(end - System.nanoTime(), TimeUnit.NANOSECONDS);
      return entered;
    } finally {
      if (!entered) {
        hosts.leave(host);
      }
    }
  }

  /** Gives the place back. */
  void leave(String host) {
    all.release();
    hosts.leave(host);
  }
}
