package io.imageaudit.benchmark.worker;

import io.imageaudit.benchmark.Bench;
import io.imageaudit.benchmark.Benchmark;
import io.imageaudit.benchmark.Rounds;
import io.imageaudit.benchmark.Table;
import io.imageaudit.worker.batch.BatchAnswer;
import io.imageaudit.worker.batch.BatchSettings;
import io.imageaudit.worker.batch.Batcher;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;

/** The worker's batches against one call per picture and against a timer, at a simulated server. */
public final class Batching implements Benchmark {

  private static final List<Integer> RATES = List.of(20, 400, 800, 1200, 1400, 2800);
  private static final Duration MEASURED = Duration.ofMillis(2500);
  private static final Duration PATIENCE = Duration.ofSeconds(1);
  private static final int ROUNDS = 3;

  @Override
  public String name() {
    return "batching";
  }

  @Override
  public String question() {
    return "How many pictures per second does a model server answer, and how fast?";
  }

  @Override
  public Table measure(Bench bench) throws Exception {
    double limit = SimulatedServer.measuredCapacity(MEASURED);
    Table table =
        Table.of("arrivals/s", "batches", "answered/s", "of possible", "mean ms", "p99 ms")
            .with("", "eight callers, always full", number(limit), "100 %", "", "");
    for (int rate : RATES) {
      Map<String, PoissonArrivals.Outcome> last = new LinkedHashMap<>();
      Rounds rounds = new Rounds(ROUNDS);
      for (String who : List.of("worker", "one by one", "timer of 5 ms")) {
        rounds.with(
            who,
            () -> {
              PoissonArrivals.Outcome outcome = run(who, rate);
              last.put(who, outcome);
              return outcome.perSecond();
            });
      }
      for (Map.Entry<String, Double> median : rounds.medians().entrySet()) {
        PoissonArrivals.Outcome outcome = Objects.requireNonNull(last.get(median.getKey()));
        double possible = Math.min(rate, limit);
        table =
            table.with(
                Integer.toString(rate),
                median.getKey(),
                number(median.getValue()),
                number(100 * median.getValue() / possible) + " %",
                number(outcome.mean()),
                number(outcome.percentile(0.99)));
      }
    }
    return table;
  }

  private static PoissonArrivals.Outcome run(String who, int rate) {
    SimulatedServer server = new SimulatedServer();
    PoissonArrivals arrivals = new PoissonArrivals(rate, MEASURED, PATIENCE);
    return switch (who) {
      case "worker" -> {
        try (Batcher<Integer, Boolean> batcher = batcher(server)) {
          yield arrivals.at(deadline -> batcher.ask(1, deadline));
        }
      }
      case "one by one" -> arrivals.at(deadline -> server.infer(1, deadline));
      default -> {
        try (TimerBatches timer = new TimerBatches(server)) {
          yield arrivals.at(timer);
        }
      }
    };
  }

  /** As a worker has it that is told the server's parallelism. */
  private static Batcher<Integer, Boolean> batcher(SimulatedServer server) {
    return new Batcher<>(
        "measured",
        new BatchSettings(
            SimulatedServer.LARGEST,
            SimulatedServer.EXECUTORS,
            2 * SimulatedServer.EXECUTORS,
            Duration.ofMillis(10),
            true,
            1024),
        (items, deadline) ->
            server.infer(items.size(), deadline)
                ? new BatchAnswer.Each<>(Collections.nCopies(items.size(), true))
                : new BatchAnswer.None<>(false, true),
        false,
        _ -> {},
        InstantSource.system());
  }

  private static String number(double value) {
    return String.format(Locale.ROOT, "%.0f", value);
  }
}
