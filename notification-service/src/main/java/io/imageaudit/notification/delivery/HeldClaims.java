package io.imageaudit.notification.delivery;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.LongSupplier;

/**
 * The claims of this replica, from claiming to settling. Leases are short, so that what a killed
 * replica held is soon due again; those of attempts that last longer are renewed in time.
 *
 * <p>Times are counted by a clock that nobody sets, and from before the database was asked: a lease
 * ends no earlier than it is taken to end here.
 */
final class HeldClaims {

  private static final int ROUNDS_PER_LEASE = 4;

  private final DueDeliveries due;
  private final LongSupplier nanos;
  private final long lease;
  private final long interval;
  private final Loop loop;
  private final Map<UUID, Held> held = new ConcurrentHashMap<>();
  private final AtomicInteger rounds = new AtomicInteger();

  private volatile long answeredAt;

  /**
   * Holds nothing yet.
   *
   * @param nanos a clock that only goes forward, such as {@link System#nanoTime}
   * @param lease how long one lasts unless it is renewed
   */
  HeldClaims(DueDeliveries due, LongSupplier nanos, Duration lease) {
    this.due = due;
    this.nanos = nanos;
    this.lease = lease.toNanos();
    this.interval = this.lease / ROUNDS_PER_LEASE;
    this.loop =
        new Loop(
            "delivery-leases", Duration.ofNanos(this.interval), new Nudge(), this::renewOldOnes);
  }

  /** A claim, and since when its lease has run at most. */
  private record Held(Claim claim, long since) {}

  void start() {
    answeredAt = nanos.getAsLong();
    loop.start();
  }

  void stop(Duration patience) {
    loop.stop(patience);
  }

  /** The time to remember before claiming. */
  long now() {
    return nanos.getAsLong();
  }

  /**
   * Holds a claim. The body is sent by whoever has claimed it and not needed here.
   *
   * @param since a moment before it was claimed
   */
  void add(Claim claim, long since) {
    held.put(claim.claimId(), new Held(claim.withoutBody(), since));
  }

  void remove(Claim claim) {
    held.remove(claim.claimId());
  }

  /** Whether nobody else can have claimed the delivery: its lease has not ended. */
  boolean isOurs(Claim claim) {
    Held one = held.get(claim.claimId());
    return one != null && nanos.getAsLong() - one.since() < lease;
  }

  /** Whether the database has answered so lately that no lease of ours can have ended. */
  boolean areRenewed() {
    return nanos.getAsLong() - answeredAt < lease - interval;
  }

  /** How many rounds of renewing have succeeded; two of them are a while apart. */
  int rounds() {
    return rounds.get();
  }

  /**
   * Renews the leases that have run for a while; most attempts end before that. It asks when there
   * is none as well: to know that the database is there.
   */
  private boolean renewOldOnes() {
    long now = nanos.getAsLong();
    List<Claim> old =
        held.values().stream()
            .filter(one -> now - one.since() >= interval)
            .map(Held::claim)
            .toList();
    for (UUID ours : due.renew(old)) {
      held.computeIfPresent(ours, (_, one) -> new Held(one.claim(), now));
    }
    answeredAt = now;
    rounds.incrementAndGet();
    return false;
  }
}
