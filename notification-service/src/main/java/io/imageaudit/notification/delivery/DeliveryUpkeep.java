package io.imageaudit.notification.delivery;

import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;

/**
 * The work beside deliveries: tells of ended ones, and finds due ones that nobody was woken for.
 */
final class DeliveryUpkeep implements SmartLifecycle {

  private static final Logger LOG = LoggerFactory.getLogger(DeliveryUpkeep.class);
  private static final Duration PATIENCE = Duration.ofSeconds(5);
  private static final Duration BETWEEN_LOOKS = Duration.ofSeconds(1);

  private final DueDeliveries due;
  private final Nudge pump;
  private final Loop announcements;
  private final Loop sweep;

  private volatile boolean running;

  DeliveryUpkeep(
      DueDeliveries due,
      AnnounceEnded announceEnded,
      Nudge announce,
      Nudge pump,
      Duration sweepInterval) {
    this.due = due;
    this.pump = pump;
    this.announcements =
        new Loop("delivery-announcements", BETWEEN_LOOKS, announce, announceEnded::round);
    this.sweep = new Loop("delivery-sweep", sweepInterval, new Nudge(), this::sweepRound);
  }

  private boolean sweepRound() {
    int woken = due.sweep();
    if (woken > 0) {
      LOG.info("{} endpoints had due deliveries and nobody was woken; they are woken now", woken);
      pump.now();
    }
    return false;
  }

  @Override
  public void start() {
    running = true;
    announcements.start();
    sweep.start();
  }

  @Override
  public void stop() {
    running = false;
    sweep.stop(PATIENCE);
    announcements.stop(PATIENCE);
  }

  /** Stops after the pump has settled its last deliveries. */
  @Override
  public int getPhase() {
    return DEFAULT_PHASE - 1;
  }

  @Override
  public boolean isRunning() {
    return running;
  }
}
