package io.imageaudit.benchmark.gateway;

import com.sun.management.OperatingSystemMXBean;
import io.imageaudit.benchmark.Bench;
import io.imageaudit.benchmark.Benchmark;
import io.imageaudit.benchmark.Servers;
import io.imageaudit.benchmark.Table;
import io.imageaudit.benchmark.load.HttpLoad;
import io.imageaudit.benchmark.load.LoadResult;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.json.JsonMapper;

/**
 * A described load: of ten requests seven look at an audit and three submit one, 5,000 are due per
 * second, over more and more connections. Generator, database, broker and gateway share the
 * machine.
 */
public final class ReferenceLoad implements Benchmark {

  private static final double OFFERED = 5_000;
  private static final Duration TIME = Duration.ofSeconds(12);

  @Override
  public String name() {
    return "reference-load";
  }

  @Override
  public String question() {
    return "70 % reads and 30 % submissions, 5,000 requests due per second: how many are done, and"
        + " what limits them? The system that described this load did 4,820/s at a mean of 187 ms.";
  }

  @Override
  public Table measure(Bench bench) throws Exception {
    Servers servers = bench.servers();
    GatewayUnderLoad gateway =
        GatewayUnderLoad.start(bench, servers, List.of("-Xmx512m"), Map.of());
    new HttpLoad(gateway.address(), GatewayUnderLoad::submission)
        .closed(64, Duration.ofSeconds(20));
    List<String> known = known(gateway);
    HttpLoad load =
        new HttpLoad(
            gateway.address(),
            number ->
                number % 10 < 7
                    ? GatewayUnderLoad.look(known.get((int) (number * 31 % known.size())))
                    : GatewayUnderLoad.submission(number));
    load.closed(64, Duration.ofSeconds(20));
    Table table =
        Table.of(
            "connections",
            "done/s",
            "mean ms",
            "p50 ms",
            "p99 ms",
            "errors",
            "cores: gateway, generator, all");
    for (int connections : new int[] {100, 500, 1_000, 2_000}) {
      Work before = Work.of(gateway);
      LoadResult result = load.open(connections, OFFERED, TIME);
      table =
          table.with(
              Integer.toString(connections),
              "%.0f".formatted(result.perSecond()),
              "%.1f".formatted(result.meanMillis()),
              "%.1f".formatted(result.millis(0.5)),
              "%.1f".formatted(result.millis(0.99)),
              Long.toString(result.errors()),
              Work.of(gateway).since(before, result.seconds()));
    }
    return table;
  }

  private static List<String> known(GatewayUnderLoad gateway)
      throws IOException, InterruptedException {
    return JsonMapper.shared()
        .readTree(gateway.get("/v1/audits?limit=200"))
        .path("data")
        .path("items")
        .valueStream()
        .map(item -> item.path("audit_id").asString())
        .toList();
  }

  /** Seconds of processor time that were spent. */
  private record Work(double gateway, double generator) {

    static Work of(GatewayUnderLoad gateway) {
      return new Work(seconds(gateway.program().process()), seconds(ProcessHandle.current()));
    }

    private static double seconds(ProcessHandle process) {
      return process.info().totalCpuDuration().orElse(Duration.ZERO).toMillis() / 1e3;
    }

    String since(Work before, double seconds) {
      double all = 0;
      if (ManagementFactory.getOperatingSystemMXBean() instanceof OperatingSystemMXBean machine) {
        all = machine.getCpuLoad() * machine.getAvailableProcessors();
      }
      return "%.2f, %.2f, %.2f"
          .formatted(
              (gateway - before.gateway) / seconds, (generator - before.generator) / seconds, all);
    }
  }
}
