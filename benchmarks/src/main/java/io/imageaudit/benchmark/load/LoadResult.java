package io.imageaudit.benchmark.load;

import java.util.Map;
import java.util.stream.Collectors;
import org.HdrHistogram.Histogram;

/**
 * What came of a load.
 *
 * @param statuses how often each HTTP status was answered
 * @param faults requests that got no answer: refused, cut, too late
 * @param latencies nanoseconds from when a request was due until its answer was read
 * @param seconds that it took
 */
public record LoadResult(
    Map<Integer, Long> statuses, long faults, Histogram latencies, double seconds) {

  /** Answers of any status per second. */
  public double perSecond() {
    return statuses.values().stream().mapToLong(Long::longValue).sum() / seconds;
  }

  /** Requests without an answer, or with one that is neither 2xx nor 3xx. */
  public long errors() {
    return faults
        + statuses.entrySet().stream()
            .filter(each -> each.getKey() < 200 || each.getKey() >= 400)
            .mapToLong(Map.Entry::getValue)
            .sum();
  }

  /** Milliseconds that this share of the answers did not exceed; 0.99 is p99. */
  public double millis(double share) {
    return latencies.getValueAtPercentile(share * 100) / 1e6;
  }

  /** Mean latency, milliseconds. */
  public double meanMillis() {
    return latencies.getMean() / 1e6;
  }

  @Override
  public String toString() {
    return "%.0f/s, mean %.1f ms, p50 %.1f, p99 %.1f, %s, %d without answer"
        .formatted(
            perSecond(),
            meanMillis(),
            millis(0.5),
            millis(0.99),
            statuses.entrySet().stream()
                .map(each -> each.getKey() + " x " + each.getValue())
                .collect(Collectors.joining(", ")),
            faults);
  }
}
