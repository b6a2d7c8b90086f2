package io.imageaudit.model.net;

import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/**
 * Lets each holder (a domain, a host) take no more than so many of something at a time, in the
 * order of asking, so that one whose work hangs cannot take them all. Holders are known only while
 * they take or wait.
 */
public final class Shares {

  private final int most;
  private final ConcurrentHashMap<String, Share> shares = new ConcurrentHashMap<>();

  /**
   * Makes the shares.
   *
   * @param most what one holder may take at a time
   */
  public Shares(int most) {
    this.most = most;
  }

  /** What one holder may take, and how many hold or wait for a part of it. */
  private static final class Share {

    private final Semaphore permits;
    private int users;

    Share(int permits) {
      this.permits = new Semaphore(permits, true);
    }
  }

  /**
   * Waits for a part of the holder's share; whoever got one leaves it afterwards.
   *
   * @param nanos longest wait
   * @return whether there was one in time
   */
  public boolean enter(String holder, long nanos) throws InterruptedException {
    Share share =
        shares.compute(
            holder,
            (_, known) -> {
              Share used = known == null ? new Share(most) : known;
              used.users++;
              return used;
            });
    boolean entered = false;
    try {
      entered = share.permits.tryAcquire(nanos, TimeUnit.NANOSECONDS);
      return entered;
    } finally {
      if (!entered) {
        forget(holder);
      }
    }
  }

  /** Gives a part of the share back. */
  public void leave(String holder) {
    Share share = shares.get(holder);
    if (share != null) {
      share.permits.release();
    }
    forget(holder);
  }

  private void forget(String holder) {
    shares.computeIfPresent(holder, (_, share) -> --share.users == 0 ? null : share);
  }
}
