package io.imageaudit.notification.webhook;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.imageaudit.model.net.HostLookup;
import io.imageaudit.model.net.RegistrableDomain;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/**
 * Lets the names of one domain take no more than their share of all look-ups. The outbound guard
 * makes only so many at a time, and one that stalls cannot be ended: a domain whose name servers
 * hang would soon hold them all. Names of one domain, that is of one owner, are looked up a few at
 * a time; while these stall, further ones fail at once.
 */
final class FairHostLookup implements HostLookup {

  private static final int DOMAINS_AT_A_TIME = 4;
  private static final Duration PATIENCE = Duration.ofMillis(100);
  private static final Duration SUSPICION = Duration.ofSeconds(1);
  private static final int MOST_DOMAINS = 10_000;

  private final HostLookup lookup;
  private final int mostPerDomain;
  private final InstantSource clock;
  private final Cache<String, Share> shares =
      Caffeine.newBuilder()
          .expireAfterAccess(Duration.ofMinutes(10))
          .maximumSize(MOST_DOMAINS)
          .build();

  /**
   * Divides the look-ups.
   *
   * @param concurrent how many look-ups are made at a time, all domains together
   */
  FairHostLookup(HostLookup lookup, int concurrent, InstantSource clock) {
    this.lookup = lookup;
    this.mostPerDomain = Math.max(1, concurrent / DOMAINS_AT_A_TIME);
    this.clock = clock;
  }

  /** What one domain may take. */
  private static final class Share {

    private final Semaphore permits;
    private volatile Instant stalledUntil = Instant.EPOCH;

    Share(int permits) {
      this.permits = new Semaphore(permits);
    }

    /** Waits a moment for a permit, but not while the domain is known to stall. */
    boolean take(InstantSource clock) throws InterruptedException {
      if (permits.tryAcquire()) {
        return true;
      }
      if (clock.instant().isBefore(stalledUntil)) {
        return false;
      }
      if (permits.tryAcquire(PATIENCE.toMillis(), TimeUnit.MILLISECONDS)) {
        return true;
      }
      stalledUntil = clock.instant().plus(SUSPICION);
      return false;
    }
  }

  @Override
  public List<InetAddress> lookup(String host) throws UnknownHostException {
    Share share = shares.get(RegistrableDomain.of(host), _ -> new Share(mostPerDomain));
    if (!take(share)) {
      throw new UnknownHostException(host + ": other look-ups of its domain stall");
    }
    try {
      return lookup.lookup(host);
    } finally {
      share.permits.release();
    }
  }

  private boolean take(Share share) {
    try {
      return share.take(clock);
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
      return false;
    }
  }
}
