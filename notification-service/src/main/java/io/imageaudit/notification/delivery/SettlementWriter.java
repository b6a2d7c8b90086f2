package io.imageaudit.notification.delivery;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Writes what came of attempts, many at a time. While the database is away it keeps them and tries
 * again; what it cannot write before the lease ends is attempted again by whoever claims it next.
 */
final class SettlementWriter {

  private static final int MOST_AT_A_TIME = 256;
  private static final Duration PACE = Duration.ofMillis(5);
  private static final Duration PATIENCE = Duration.ofSeconds(5);

  private final Settlements settlements;
  private final HeldClaims held;
  private final Nudge pump;
  private final AnnounceEnded announceEnded;
  private final Nudge announce;
  private final Loop loop;
  private final LinkedBlockingQueue<Settlement> queue = new LinkedBlockingQueue<>();
  private final List<Settlement> batch = new ArrayList<>();

  /**
   * Makes a writer.
   *
   * @param held forgets what has been written
   * @param pump woken when there is room for more
   * @param announceEnded tells of deliveries that have ended
   * @param announce woken for that
   */
  SettlementWriter(
      Settlements settlements,
      HeldClaims held,
      Nudge pump,
      AnnounceEnded announceEnded,
      Nudge announce) {
    this.settlements = settlements;
    this.held = held;
    this.pump = pump;
    this.announceEnded = announceEnded;
    this.announce = announce;
    this.loop = new Loop("delivery-settlements", Duration.ZERO, PACE, new Nudge(), this::round);
  }

  void start() {
    loop.start();
  }

  void add(Settlement settlement) {
    queue.add(settlement);
  }

  /** How many attempts wait to be written. */
  int waiting() {
    return queue.size();
  }

  private boolean round() {
    if (batch.isEmpty()) {
      fill();
    }
    if (!batch.isEmpty()) {
      write();
      pump.now();
      announce.now();
    }
    return true;
  }

  private void fill() {
    Settlement first = poll();
    if (first != null) {
      batch.add(first);
      queue.drainTo(batch, MOST_AT_A_TIME - 1);
    }
  }

  private @Nullable Settlement poll() {
    try {
      return queue.poll(100, TimeUnit.MILLISECONDS);
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
      return null;
    }
  }

  /** Ends the thread, then writes what is left. */
  void stop() {
    loop.stop(PATIENCE);
    queue.drainTo(batch);
    if (!batch.isEmpty()) {
      write();
    }
  }

  private void write() {
    announceEnded.add(settlements.settle(batch));
    batch.forEach(settlement -> held.remove(settlement.claim()));
    batch.clear();
  }
}
