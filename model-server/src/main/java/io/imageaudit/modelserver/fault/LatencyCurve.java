package io.imageaudit.modelserver.fault;

import java.time.Duration;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;
import java.util.random.RandomGenerator;

/**
 * How long a batch takes by its size: linear between the given points and beyond them along the
 * nearest two, never below zero, with a jitter drawn evenly from +-share.
 */
public final class LatencyCurve {

  private final NavigableMap<Long, Double> millisByRows;
  private final double jitter;

  private LatencyCurve(Map<Long, Double> millisByRows, double jitter) {
    if (millisByRows.isEmpty()) {
      throw new IllegalArgumentException("latency: no point (expected: rows and milliseconds)");
    }
    if (!(jitter >= 0 && jitter <= 1)) {
      throw new IllegalArgumentException("jitter: " + jitter + " (expected: 0..1)");
    }
    millisByRows.forEach(LatencyCurve::check);
    this.millisByRows = new TreeMap<>(millisByRows);
    this.jitter = jitter;
  }

  /**
   * A curve through points.
   *
   * @param millisByRows milliseconds by batch size
   * @param jitter share of the time by which it varies, 0..1
   */
  public static LatencyCurve through(Map<Long, Double> millisByRows, double jitter) {
    return new LatencyCurve(millisByRows, jitter);
  }

  /**
   * A curve written as {@code rows:milliseconds,...}, such as {@code 1:45,8:68,16:82}.
   *
   * @param jitter share of the time by which it varies, 0..1
   */
  public static LatencyCurve parse(String text, double jitter) {
    Map<Long, Double> points = new TreeMap<>();
    for (String point : text.split(",", -1)) {
      if (!point.matches("[0-9]{1,6}:[0-9]{1,7}(\\.[0-9]{1,6})?")) {
        throw new IllegalArgumentException(
            "latency: '" + text + "' (expected: rows:milliseconds,... such as 1:45,8:68)");
      }
      int colon = point.indexOf(':');
      points.put(
          Long.valueOf(point.substring(0, colon)), Double.valueOf(point.substring(colon + 1)));
    }
    return new LatencyCurve(points, jitter);
  }

  /** The same time for every batch. */
  public static LatencyCurve constant(Duration time) {
    return new LatencyCurve(Map.of(1L, time.toNanos() / 1e6), 0);
  }

  /** Time for a batch of {@code rows}, with jitter drawn from {@code random}. */
  public Duration sample(long rows, RandomGenerator random) {
    double varied = mean(rows) * (1 + jitter * (2 * random.nextDouble() - 1));
    return Duration.ofNanos(Math.round(Math.max(0, varied) * 1e6));
  }

  private double mean(long rows) {
    if (millisByRows.size() == 1) {
      return millisByRows.firstEntry().getValue();
    }
    Map.Entry<Long, Double> low = millisByRows.floorEntry(rows);
    if (low == null) {
      low = millisByRows.firstEntry();
    }
    Map.Entry<Long, Double> high = millisByRows.higherEntry(low.getKey());
    if (high == null) {
      high = low;
      low = millisByRows.lowerEntry(high.getKey());
    }
    double slope = (high.getValue() - low.getValue()) / (high.getKey() - low.getKey());
    return low.getValue() + slope * (rows - low.getKey());
  }

  private static void check(long rows, double millis) {
    if (rows < 1 || !(millis >= 0 && millis <= 3_600_000)) {
      throw new IllegalArgumentException(
          "latency: " + rows + ":" + millis + " (expected: rows >= 1 : 0..3600000 ms)");
    }
  }
}
