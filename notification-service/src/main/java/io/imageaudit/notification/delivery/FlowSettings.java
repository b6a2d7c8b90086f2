package io.imageaudit.notification.delivery;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * How much one endpoint is given, according to how it answers.
 *
 * @param mostInFlight most attempts at a time to one endpoint, all replicas together; a healthy one
 *     grows to it, a failing one shrinks to 1
 * @param window over which calls are counted for the breaker
 * @param leastCalls fewest calls in a window from which the breaker draws a conclusion
 * @param failureShare share of failed calls at which the breaker opens, 0..1
 * @param mostTimeouts timeouts in a row at which the breaker opens
 * @param firstBlock how long the breaker stays open at first; doubles with each failed probe
 * @param longestBlock how long it stays open at most
 * @param disableAfter time without any success after which a failing endpoint is disabled
 * @param leastSpan shortest time from the first to the last of those failures: closer together they
 *     may be one outage, however old the first is
 */
@ConfigurationProperties("image-audit.delivery.flow")
record FlowSettings(
    @DefaultValue("32") int mostInFlight,
    @DefaultValue("5m") Duration window,
    @DefaultValue("10") int leastCalls,
    @DefaultValue("0.7") double failureShare,
    @DefaultValue("5") int mostTimeouts,
    @DefaultValue("30s") Duration firstBlock,
    @DefaultValue("10m") Duration longestBlock,
    @DefaultValue("5d") Duration disableAfter,
    @DefaultValue("12h") Duration leastSpan) {

  /**
   * Checks the values.
   *
   * @throws IllegalArgumentException when one is out of its range
   */
  FlowSettings {
    require("most-in-flight", mostInFlight, mostInFlight >= 1, ">= 1");
    require("window", window, window.isPositive(), "> 0");
    require("least-calls", leastCalls, leastCalls >= 1, ">= 1");
    require("failure-share", failureShare, failureShare > 0 && failureShare <= 1, "0..1");
    require("most-timeouts", mostTimeouts, mostTimeouts >= 1, ">= 1");
    require("first-block", firstBlock, firstBlock.isPositive(), "> 0");
    require(
        "longest-block", longestBlock, longestBlock.compareTo(firstBlock) >= 0, ">= first-block");
    require("least-span", leastSpan, leastSpan.isPositive(), "> 0");
    require("disable-after", disableAfter, disableAfter.compareTo(leastSpan) >= 0, ">= least-span");
  }

  private static void require(String field, Object value, boolean holds, String expected) {
    if (!holds) {
      throw new IllegalArgumentException(field + ": " + value + " (expected: " + expected + ")");
    }
  }
}
