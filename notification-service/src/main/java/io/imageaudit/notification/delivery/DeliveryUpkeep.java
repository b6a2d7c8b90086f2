package io.imageaudit.notification.delivery;

import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;

/**
 * The work beside deliveries: tells of ended ones, finds due ones that nobody was woken for, counts
 * those that wait, sends again, forgets.
 */
final class DeliveryUpkeep implements SmartLifecycle {

  private static final Logger LOG = LoggerFactory.getLogger(DeliveryUpkeep.class);
  private static final Duration PATIENCE = Duration.ofSeconds(5);
  private static final Duration PACE = Duration.ofMillis(50);
  private static final Duration BETWEEN_LOOKS = Duration.ofSeconds(1);
  private static final Duration BETWEEN_COUNTS = Duration.ofSeconds(10);
  private static final Duration BETWEEN_DAYS = Duration.ofMinutes(10);

  private final DueDeliveries due;
  private final Nudge pump;
  private final Loop announcements;
  private final Loop sweep;
  private final Loop wakeups;
  private final Loop replaying;
  private final Loop days;
  private final Loop watch;
  private final Retention retention;

  private volatile boolean running;

  DeliveryUpkeep(
      DueDeliveries due,
      AnnounceEnded announceEnded,
      Nudge announce,
      Nudge pump,
      JdbcDueSignals signals,
      Replays replays,
      Retention retention,
      DeliveryMetrics metrics,
      DeliverySettings settings) {
    this.due = due;
    this.pump = pump;
    this.retention = retention;
    this.announcements =
        new Loop("delivery-announcements", BETWEEN_LOOKS, PACE, announce, announceEnded::round);
    this.sweep =
        new Loop("delivery-sweep", settings.sweepInterval(), new Nudge(), this::sweepRound);
    this.wakeups = new Loop("delivery-wakeups", Duration.ZERO, new Nudge(), signals::round);
    this.replaying =
        new Loop(
            "delivery-replay", settings.replayInterval(), new Nudge(), () -> replayed(replays));
    this.watch = new Loop("delivery-watch", BETWEEN_COUNTS, new Nudge(), () -> watched(metrics));
    this.days = new Loop("delivery-retention", BETWEEN_DAYS, new Nudge(), this::turned);
  }

  private boolean sweepRound() {
    int woken = due.sweep();
    if (woken > 0) {
      LOG.info("{} endpoints had due deliveries and nobody was woken; they are woken now", woken);
      pump.now();
    }
    return due.skipHalted() > 0;
  }

  /** One step at a time, each followed by a rest: what happens now goes first. */
  private boolean replayed(Replays replays) {
    if (replays.advance() > 0) {
      pump.now();
    }
    return false;
  }

  private boolean watched(DeliveryMetrics metrics) {
    metrics.waiting(due.backlog());
    return false;
  }

  private boolean turned() {
    retention.turnDays();
    return retention.forget() > 0;
  }

  /**
   * Makes room for today's attempts before the pump makes any; not while the context is built: the
   * build of an image does that without a database.
   */
  @Override
  public void start() {
    retention.turnDays();
    running = true;
    days.start();
    watch.start();
    replaying.start();
    announcements.start();
    sweep.start();
    wakeups.start();
  }

  @Override
  public void stop() {
    running = false;
    days.stop(PATIENCE);
    watch.stop(PATIENCE);
    replaying.stop(PATIENCE);
    wakeups.stop(PATIENCE);
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
