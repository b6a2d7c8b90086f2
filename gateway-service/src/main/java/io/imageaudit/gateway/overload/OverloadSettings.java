package io.imageaudit.gateway.overload;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * How much the instance takes on.
 *
 * @param maxInProgress most requests that are worked on at a time
 * @param maxWaiting most requests that wait for a place
 * @param longestWait longest wait for a place
 * @param bodyShareOfHeap part of the heap that large JSON bodies may fill, 0..1
 * @param longestBodyWait longest wait of a large JSON body for memory
 */
@ConfigurationProperties("image-audit.overload")
record OverloadSettings(
    @DefaultValue("200") int maxInProgress,
    @DefaultValue("5000") int maxWaiting,
    @DefaultValue("1s") Duration longestWait,
    @DefaultValue("0.4") double bodyShareOfHeap,
    @DefaultValue("5s") Duration longestBodyWait) {

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
    if (!(bodyShareOfHeap > 0 && bodyShareOfHeap < 1)) {
      throw new IllegalArgumentException(
          "body-share-of-heap: " + bodyShareOfHeap + " (expected: between 0 and 1)");
    }
  }
}
