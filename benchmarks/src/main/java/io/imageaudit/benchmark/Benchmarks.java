package io.imageaudit.benchmark;

import io.imageaudit.benchmark.delivery.DeadEndpoints;
import io.imageaudit.benchmark.delivery.DueRows;
import io.imageaudit.benchmark.delivery.IdleLatency;
import io.imageaudit.benchmark.delivery.Throughput;
import io.imageaudit.benchmark.gateway.Accept;
import io.imageaudit.benchmark.gateway.LargeUploads;
import io.imageaudit.benchmark.gateway.ReferenceLoad;
import io.imageaudit.benchmark.intake.HangingHosts;
import io.imageaudit.benchmark.intake.Ingest;
import io.imageaudit.benchmark.intake.UploadThroughput;
import io.imageaudit.benchmark.scaling.Scaling;
import io.imageaudit.benchmark.worker.Batching;
import io.imageaudit.benchmark.worker.RealInference;
import io.imageaudit.benchmark.worker.WholePath;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** The command: runs the measurements that are named, or all. */
public final class Benchmarks {

  private static final List<Benchmark> ALL =
      List.of(
          new Accept(),
          new ReferenceLoad(),
          new LargeUploads(),
          new Ingest(),
          new UploadThroughput(),
          new HangingHosts(),
          new Batching(),
          new WholePath(),
          new RealInference(),
          new Scaling(),
          new Throughput(),
          new DeadEndpoints(),
          new DueRows(),
          new IdleLatency());

  private Benchmarks() {}

  /**
   * Runs measurements; each result is printed and kept in {@code benchmarks/target/results}.
   *
   * @param arguments names, {@code --list}, or nothing for all
   */
  public static void main(String[] arguments) throws Exception {
    List<String> names = List.of(arguments);
    if (names.contains("--list")) {
      ALL.forEach(each -> System.out.printf("%-16s %s%n", each.name(), each.question()));
      return;
    }
    for (String name : names) {
      if (ALL.stream().noneMatch(each -> each.name().equals(name))) {
        System.err.println(name + ": no such measurement; --list names them");
        System.exit(2);
      }
    }
    boolean complete = true;
    for (Benchmark each : ALL) {
      if (names.isEmpty() || names.contains(each.name())) {
        complete &= runSafely(each, Path.of("").toAbsolutePath());
      }
    }
    System.exit(complete ? 0 : 1);
  }

  /** Whether there is a result; one that fails keeps none of the others from being measured. */
  private static boolean runSafely(Benchmark benchmark, Path root) {
    try {
      run(benchmark, root);
      return true;
    } catch (Exception e) {
      System.err.println(benchmark.name() + ": no result");
      e.printStackTrace();
      return false;
    }
  }

  private static void run(Benchmark benchmark, Path root) throws Exception {
    try (Bench bench = Bench.in(root)) {
      Table table = benchmark.measure(bench);
      String text =
          "## %s%n%n%s%n%n%s%n".formatted(benchmark.name(), benchmark.question(), table.markdown());
      System.out.println(text);
      keep(root, benchmark.name(), text);
    }
  }

  private static void keep(Path root, String name, String text) throws IOException {
    Path results = Files.createDirectories(root.resolve("benchmarks/target/results"));
    Files.writeString(results.resolve(name + ".md"), text);
  }
}
