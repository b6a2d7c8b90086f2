package io.imageaudit.benchmark;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;

/**
 * Measures contestants in turn, round by round, so that whatever else the machine does falls on all
 * of them alike, and keeps each one's median.
 */
public final class Rounds {

  private final int rounds;
  private final Map<String, Callable<Double>> contestants = new LinkedHashMap<>();

  /**
   * Starts with nobody.
   *
   * @param rounds how often each is measured, an odd number
   */
  public Rounds(int rounds) {
    this.rounds = rounds;
  }

  /** Adds a contestant: what it measures is one figure per round. */
  public Rounds with(String name, Callable<Double> measurement) {
    contestants.put(name, measurement);
    return this;
  }

  /** Measures all; the median of each by its name, in the order in which they were added. */
  public Map<String, Double> medians() throws Exception {
    Map<String, List<Double>> figures = new LinkedHashMap<>();
    for (int round = 0; round < rounds; round++) {
      for (Map.Entry<String, Callable<Double>> each : contestants.entrySet()) {
        double figure = each.getValue().call();
        figures.computeIfAbsent(each.getKey(), _ -> new ArrayList<>()).add(figure);
      }
    }
    Map<String, Double> medians = new LinkedHashMap<>();
    figures.forEach((name, all) -> medians.put(name, median(all)));
    return medians;
  }

  /** The middle of an odd number of figures, or the lower of the two in the middle. */
  public static double median(List<Double> figures) {
    return figures.stream().sorted().toList().get((figures.size() - 1) / 2);
  }
}
