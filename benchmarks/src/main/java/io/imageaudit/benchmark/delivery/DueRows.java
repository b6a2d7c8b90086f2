package io.imageaudit.benchmark.delivery;

import io.imageaudit.benchmark.Bench;
import io.imageaudit.benchmark.Benchmark;
import io.imageaudit.benchmark.Rounds;
import io.imageaudit.benchmark.Table;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** Whether a million due deliveries of one dead receiver hold up the others. */
public final class DueRows implements Benchmark {

  private static final int ROWS = 1_000_000;
  private static final int RECEIVERS = 100;
  private static final int AUDITS = 1000;
  private static final double PER_SECOND = 100;

  @Override
  public String name() {
    return "due-rows";
  }

  @Override
  public String question() {
    return "Do 1,000,000 due deliveries of one dead receiver hold up 100 others?";
  }

  @Override
  public Table measure(Bench bench) throws Exception {
    Delivering delivering = Delivering.start(bench);
    Receivers receivers = bench.keep(new Receivers(8, Receivers.Answer.OK));
    round(delivering, receivers);
    List<double[]> without = new ArrayList<>();
    List<double[]> with = new ArrayList<>();
    without.add(round(delivering, receivers));
    without.add(round(delivering, receivers));
    delivering.tables().planDead(ROWS);
    for (int i = 0; i < 3; i++) {
      with.add(round(delivering, receivers));
    }
    delivering.tables().forgetDead();
    without.add(round(delivering, receivers));
    return Table.of("100 callbacks per second to 100 receivers, ms", "p50", "p99")
        .with(row("nothing else is due", without))
        .with(row("1,000,000 are due to a dead one", with))
        .with("ratio", ratio(with, without, 0), ratio(with, without, 1));
  }

  private static String[] row(String what, List<double[]> rounds) {
    return Stream.of(what, format(median(rounds, 0)), format(median(rounds, 1)))
        .toArray(String[]::new);
  }

  private static String ratio(List<double[]> with, List<double[]> without, int column) {
    return "%.2f".formatted(median(with, column) / median(without, column));
  }

  private static double median(List<double[]> rounds, int column) {
    return Rounds.median(rounds.stream().map(round -> round[column]).toList());
  }

  private static String format(double millis) {
    return "%.1f".formatted(millis);
  }

  /** Median and 99th percentile, milliseconds. */
  private static double[] round(Delivering delivering, Receivers receivers) throws Exception {
    receivers.reset();
    Delivering.steadily(
        AUDITS,
        PER_SECOND,
        i -> delivering.audits().end("tenant-" + i % 10, receivers.url(i % RECEIVERS)));
    Delivering.await(() -> receivers.messages() == AUDITS);
    return new double[] {
      receivers.latencies().getValueAtPercentile(50) / 1000.0,
      receivers.latencies().getValueAtPercentile(99) / 1000.0
    };
  }
}
