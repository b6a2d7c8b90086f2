package io.imageaudit.notification.delivery;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The claims of this replica, from claiming to settling. Leases are short, so that what a killed
 * replica held is soon due again; those of attempts that last longer are renewed in time.
 */
final class HeldClaims {

  private final DueDeliveries due;
  private final InstantSource clock;
  private final Duration interval;
  private final Loop loop;
  private final Map<UUID, Held> held = new ConcurrentHashMap<>();

  /**
   * Holds nothing yet.
   *
   * @param lease how long one lasts unless it is renewed
   */
  HeldClaims(DueDeliveries due, InstantSource clock, Duration lease) {
    this.due = due;
    this.clock = clock;
    this.interval = lease.dividedBy(4);
    this.loop = new Loop("delivery-leases", interval, new Nudge(), this::round);
  }

  /** A claim, and since when. */
  private record Held(Claim claim, Instant since) {}

  void start() {
    loop.start();
  }

  void stop(Duration patience) {
    loop.stop(patience);
  }

  void add(Claim claim) {
    held.put(claim.claimId(), new Held(claim, clock.instant()));
  }

  void remove(Claim claim) {
    held.remove(claim.claimId());
  }

  /** Renews the leases that have run for a while; most attempts end before that. */
  private boolean round() {
    Instant young = clock.instant().minus(interval);
    List<Claim> old =
        held.values().stream().filter(one -> one.since().isBefore(young)).map(Held::claim).toList();
    if (!old.isEmpty()) {
      due.renew(old);
    }
    return false;
  }
}
