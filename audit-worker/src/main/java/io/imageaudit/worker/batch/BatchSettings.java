package io.imageaudit.worker.batch;

import java.time.Duration;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * How items become batches.
 *
 * @param max items in one batch; 1 for a server that takes no batches
 * @param inFlight batches under way at the same time, to begin with: the server's parallelism
 * @param maxInFlight the most batches that may be under way, however well the server does
 * @param linger how long an item waits for others when all permits are taken; less when fewer are
 * @param adapt whether {@code inFlight} follows the server's behaviour
 * @param maxQueue items that wait at the same time; more are made to wait outside
 */
public record BatchSettings(
    @DefaultValue("16") int max,
    @DefaultValue("4") int inFlight,
    @DefaultValue("16") int maxInFlight,
    @DefaultValue("10ms") Duration linger,
    @DefaultValue("true") boolean adapt,
    @DefaultValue("1024") int maxQueue) {

  /**
   * Checks the numbers.
   *
   * @throws IllegalArgumentException when one is out of range
   */
  public BatchSettings {
    require("max", max, 1, 1024);
    require("in-flight", inFlight, 1, 1024);
    require("max-in-flight", maxInFlight, inFlight, 1024);
    require("max-queue", maxQueue, 1, 1 << 20);
    if (linger.isNegative()) {
      throw new IllegalArgumentException("linger: " + linger + " (expected: >= 0)");
    }
  }

  private static void require(String field, int value, int least, int most) {
    if (value < least || value > most) {
      throw new IllegalArgumentException(
          field + ": " + value + " (expected: " + least + ".." + most + ")");
    }
  }
}
