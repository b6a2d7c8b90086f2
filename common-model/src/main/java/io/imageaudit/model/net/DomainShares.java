package io.imageaudit.model.net;

import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/**
 * Lets the names of one domain, that is with the same last two labels, take no more than so many
 * look-ups at a time, so that a domain whose name servers hang cannot take them all. Domains are
 * known only while one of their names is looked up or waits.
 */
final class DomainShares {

  private final int most;
  private final ConcurrentHashMap<String, Share> shares = new ConcurrentHashMap<>();

  DomainShares(int most) {
    this.most = most;
  }

  /** What one domain may take, and how many hold or wait for a part of it. */
  private static final class Share {

    private final Semaphore permits;
    private int users;

    Share(int permits) {
      this.permits = new Semaphore(permits);
    }
  }

  /**
   * Waits for a part of the share of the host's domain; whoever got one leaves it afterwards.
   *
   * @param nanos longest wait
   * @return whether there was one in time
   */
  boolean enter(String host, long nanos) throws InterruptedException {
    Share share =
        shares.compute(
            domain(host),
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
        forget(host);
      }
    }
  }

  /** Gives a part of the share back. */
  void leave(String host) {
    Share share = shares.get(domain(host));
    if (share != null) {
      share.permits.release();
    }
    forget(host);
  }

  private void forget(String host) {
    shares.computeIfPresent(domain(host), (_, share) -> --share.users == 0 ? null : share);
  }

  private static String domain(String host) {
    int last = host.lastIndexOf('.');
    int before = last < 0 ? -1 : host.lastIndexOf('.', last - 1);
    return host.substring(before + 1);
  }
}
