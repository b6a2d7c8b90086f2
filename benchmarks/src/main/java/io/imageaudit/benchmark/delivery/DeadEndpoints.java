package io.imageaudit.benchmark.delivery;

import io.imageaudit.benchmark.Bench;
import io.imageaudit.benchmark.Benchmark;
import io.imageaudit.benchmark.Rounds;
import io.imageaudit.benchmark.Table;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.IntStream;

/**
 * Whether receivers that hang, refuse or fail hold up the others: 1,000 receivers, of which 200 do,
 * against the same load with 1,000 that answer.
 */
public final class DeadEndpoints implements Benchmark {

  private static final int RECEIVERS = 1000;
  private static final int DEAD = 200;
  private static final int TENANTS = 20;
  private static final double PER_SECOND = 100;
  private static final int AUDITS = 1200;

  @Override
  public String name() {
    return "dead-endpoints";
  }

  @Override
  public String question() {
    return "Do 200 dead receivers of 1,000 hold up the 800 others?";
  }

  /** The service and its receivers. */
  private record World(
      Delivering delivering,
      Receivers healthy,
      Receivers others,
      Receivers failing,
      Receivers hanging,
      int closed) {

    /** Ends an audit; its receiver is dead if its number is below that. */
    void end(int number, int dead) {
      delivering.audits().end("tenant-" + number % TENANTS, url(number, dead));
    }

    private String url(int number, int dead) {
      if (number >= DEAD) {
        return healthy.url(number);
      }
      if (number >= dead) {
        return others.url(number);
      }
      return switch (number % 3) {
        case 0 -> hanging.url(number);
        case 1 -> failing.url(number);
        default -> "http://127.0.0.1:" + closed + "/receiver/" + number;
      };
    }
  }

  @Override
  public Table measure(Bench bench) throws Exception {
    World world =
        new World(
            Delivering.start(bench),
            bench.keep(new Receivers(16, Receivers.Answer.OK)),
            bench.keep(new Receivers(4, Receivers.Answer.OK)),
            bench.keep(new Receivers(8, Receivers.Answer.ERROR)),
            bench.keep(new Receivers(32, Receivers.Answer.NEVER)),
            Delivering.freePort());
    round(world, 0);
    Map<String, Double> p99 =
        new Rounds(3)
            .with("all answer", () -> round(world, 0))
            .with("200 are dead", () -> round(world, DEAD))
            .medians();
    double alone = p99.getOrDefault("all answer", Double.NaN);
    double beside = p99.getOrDefault("200 are dead", Double.NaN);
    return Table.of("100 callbacks per second to 1,000 receivers", "p99 of the 800, ms", "ratio")
        .with("all answer", "%.1f".formatted(alone), "1")
        .with(
            "200 hang, refuse or fail", "%.1f".formatted(beside), "%.2f".formatted(beside / alone));
  }

  /** The 99th percentile of the healthy ones, milliseconds. */
  private static double round(World world, int dead) throws Exception {
    world.healthy.reset();
    int expected =
        (int) IntStream.range(0, AUDITS).map(DeadEndpoints::number).filter(n -> n >= DEAD).count();
    Delivering.steadily(AUDITS, PER_SECOND, i -> world.end(number(i), dead));
    Delivering.await(() -> world.healthy.messages() >= expected);
    double p99 = world.healthy.latencies().getValueAtPercentile(99) / 1000.0;
    if (dead > 0) {
      bury(world.delivering);
    }
    return p99;
  }

  /** Goes round all receivers, not in the order of their numbers. */
  private static int number(int audit) {
    return audit * 7 % RECEIVERS;
  }

  /** Nothing of this round may be tried again in the next; what hangs ends by itself. */
  private static void bury(Delivering delivering) throws Exception {
    LockSupport.parkNanos(15_500_000_000L);
    delivering.tables().forgetTasks();
  }
}
