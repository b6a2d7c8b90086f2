package io.imageaudit.notification.delivery;

import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A thread that does rounds of work until it is stopped, and rests when a round found nothing to
 * do. It survives its rounds: whatever one throws is logged, and the next comes after a pause.
 */
final class Loop {

  private static final Logger LOG = LoggerFactory.getLogger(Loop.class);
  private static final Duration AFTER_FAULT = Duration.ofSeconds(1);
  private static final Duration AFTER_INTERRUPT = Duration.ofMillis(500);

  private final String name;
  private final Duration rest;
  private final Duration pace;
  private final Nudge nudge;
  private final BooleanSupplier round;

  private volatile boolean running;
  private volatile Thread thread = Thread.ofPlatform().unstarted(() -> {});

  /**
   * Describes the loop.
   *
   * @param name of its thread
   * @param rest longest pause after a round that found nothing to do
   * @param nudge ends a pause early
   * @param round whether there may be more to do at once
   */
  Loop(String name, Duration rest, Nudge nudge, BooleanSupplier round) {
    this(name, rest, Duration.ZERO, nudge, round);
  }

  /**
   * Describes a loop that takes a breath after each round that found something to do, so that the
   * next finds more: many small rounds cost more than a few large ones.
   *
   * @param name of its thread
   * @param rest longest pause after a round that found nothing to do
   * @param pace pause after one that did
   * @param nudge ends a rest early
   * @param round whether there may be more to do at once
   */
  Loop(String name, Duration rest, Duration pace, Nudge nudge, BooleanSupplier round) {
    this.name = name;
    this.rest = rest;
    this.pace = pace;
    this.nudge = nudge;
    this.round = round;
  }

  void start() {
    running = true;
    thread = Thread.ofPlatform().daemon().name(name).start(this::run);
  }

  private void run() {
    while (running && !Thread.currentThread().isInterrupted()) {
      try {
        if (round.getAsBoolean()) {
          LockSupport.parkNanos(pace.toNanos());
        } else {
          nudge.await(rest);
        }
      } catch (Throwable e) {
        // Errors too: memory that was short is there again, and nobody would miss the thread.
        LOG.warn("{}: a round failed; next one in {}", name, AFTER_FAULT, e);
        nudge.await(AFTER_FAULT);
      }
    }
  }

  /**
   * Lets the current round end, at most so long, and starts no other.
   *
   * @return whether it has ended
   */
  boolean stop(Duration patience) {
    running = false;
    nudge.now();
    try {
      if (thread.join(patience)) {
        return true;
      }
      thread.interrupt();
      return thread.join(AFTER_INTERRUPT);
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
      return false;
    }
  }
}
