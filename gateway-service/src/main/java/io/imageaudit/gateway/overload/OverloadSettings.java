package io.imageaudit.gateway.overload;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;

/**
 * How much the instance takes on.
 *
 * @param maxInProgress most requests that are worked on at a time; a quarter of them may hand
 *     images on
 * @param maxWaiting most requests that wait for a place
 * @param longestWait longest wait for a place
 * @param bodyShareOfHeap part of the heap that large JSON bodies may fill, 0..1
 * @param longestBodyWait longest wait of a large JSON body for memory
 * @param longestArrival within which the head of a request has to arrive, and a body, unless it
 *     comes at the least rate
 * @param leastBodyRate bytes per second of a body that is waited for longer
 */
@ConfigurationProperties("image-audit.overload")
record OverloadSettings(
    @DefaultValue("200") int maxInProgress,
    @DefaultValue("5000") int maxWaiting,
    @DefaultValue("1s") Duration longestWait,
    @DefaultValue("0.4") double bodyShareOfHeap,
    @DefaultValue("5s") Duration longestBodyWait,
    @DefaultValue("10s") Duration longestArrival,
    @DefaultValue("4KB") DataSize leastBodyRate) {

  /**
   * Checks the numbers.
   *
   * @throws IllegalArgumentException when one makes no sense
   */
  OverloadSettings {
    if (maxInProgress < 1) {
      throw new IllegalArgumentException("max-in-progress: " + maxInProgress + " (expected: >= 1)");
    }
    if (maxWaiting < 0) {
      throw new IllegalArgumentException("max-waiting: " + maxWaiting + " (expected: >= 0)");
    }
    if (leastBodyRate.toBytes() < 1) {
      throw new IllegalArgumentException(
          "least-body-rate: " + leastBodyRate + " (expected: at least 1 byte)");
    }
    if (!(bodyShareOfHeap > 0 && bodyShareOfHeap < 1)) {
      throw new IllegalArgumentException(
          "body-share-of-heap: " + bodyShareOfHeap + " (expected: between 0 and 1)");
    }
  }
}
