package io.imageaudit.worker.audit;

import io.imageaudit.model.kafka.TransientFaults;
import io.imageaudit.worker.check.Pause;
import java.time.Duration;
import java.util.function.BooleanSupplier;
import java.util.function.Predicate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tries a step again, with growing pauses: for as long as it takes when it says so itself or its
 * fault passes by itself, such as a database that is away, else a few times.
 */
final class TryAgain {

  private static final Logger LOG = LoggerFactory.getLogger(TryAgain.class);
  private static final Duration FIRST_PAUSE = Duration.ofMillis(200);
  private static final int MOST_DOUBLINGS = 5;

  private final int attempts;
  private final Pause pause;

  /**
   * Makes it.
   *
   * @param attempts tries of a step whose fault is not known to pass
   */
  TryAgain(int attempts, Pause pause) {
    this.attempts = attempts;
    this.pause = pause;
  }

  /**
   * Takes a step.
   *
   * @param step says whether it is done
   * @param giveUp what to do instead when it stays broken; says whether that is done
   * @return whether one of them is done; false when the worker stops first
   */
  boolean until(BooleanSupplier step, Predicate<Throwable> giveUp) {
    int lasting = 0;
    for (int failures = 0; ; failures++) {
      try {
        if (step.getAsBoolean()) {
          return true;
        }
      } catch (RuntimeException | Error fault) { // Whatever it is, the audit must end.
        boolean passes = TransientFaults.passesByItself(fault);
        lasting += passes ? 0 : 1;
        if (passes) {
          LOG.info("an audit waits: {}", fault.getMessage());
        } else {
          LOG.warn("an audit failed", fault);
        }
        if (lasting >= attempts) {
          return giveUp.test(fault);
        }
      }
      if (!pause.of(pauseAfter(failures))) {
        return false;
      }
    }
  }

  /**
   * Takes a step that nothing may break but what is wrong with the worker itself, such as no memory
   * for another thread: for as long as that takes.
   *
   * @return what the step says; false when the worker stops first
   */
  boolean untilWhole(BooleanSupplier step) {
    for (int failures = 0; ; failures++) {
      try {
        return step.getAsBoolean();
      } catch (RuntimeException | Error fault) { // Who is held would be held for ever.
        LOG.error("audits that were heard together are run again", fault);
      }
      if (!pause.of(pauseAfter(failures))) {
        return false;
      }
    }
  }

  private static Duration pauseAfter(int failures) {
    return FIRST_PAUSE.multipliedBy(1L << Math.min(failures, MOST_DOUBLINGS));
  }
}
