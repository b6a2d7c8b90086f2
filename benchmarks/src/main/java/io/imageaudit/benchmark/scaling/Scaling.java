package io.imageaudit.benchmark.scaling;

import io.imageaudit.benchmark.Bench;
import io.imageaudit.benchmark.Benchmark;
import io.imageaudit.benchmark.Rounds;
import io.imageaudit.benchmark.Servers;
import io.imageaudit.benchmark.Table;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * One, two and four workers, up and down again, before one simulated model server. Two loads:
 * <em>by latency</em>, where a worker may have one call in flight and waits for the model most of
 * the time, as when it has cores enough; and <em>as configured</em>, where it calls as often as it
 * can and the machine's cores are the limit.
 */
public final class Scaling implements Benchmark {

  private static final List<Integer> FLEETS = List.of(1, 2, 4, 4, 2, 1);
  private static final int BY_LATENCY_PER_WORKER = 350;
  private static final int AS_CONFIGURED = 500;
  private static final int WARM_UP = 300;

  /** Pictures per second with calls of four, one after the other. */
  private static final double ONE_CALL_AT_A_TIME = 4 / SimulatedModel.seconds(4);

  @Override
  public String name() {
    return "scaling";
  }

  @Override
  public String question() {
    return "How many pictures per second do 1, 2 and 4 worker processes audit, and what does one"
        + " cost?";
  }

  /** What was measured with so many workers. */
  private static final class Measured {
    private final List<Double> byLatency = new ArrayList<>();
    private final List<Double> asConfigured = new ArrayList<>();
    private final List<Double> cpuMillis = new ArrayList<>();
  }

  @Override
  public Table measure(Bench bench) throws Exception {
    Servers servers = bench.servers();
    SimulatedModel model = bench.keep(SimulatedModel.start(bench.root(), bench.folder()));
    Path store = Files.createDirectories(bench.folder().resolve("store"));
    StoredPictures small = StoredPictures.make(store, 224);
    StoredPictures usual = StoredPictures.make(store, 800);
    Backlog backlog = bench.keep(new Backlog(servers.kafka()));
    Map<String, Object> settings = settings(servers, model, store, policies(bench.folder()));
    Workers workers = bench.keep(new Workers(bench, backlog, settings));
    Map<Integer, Measured> measured = new TreeMap<>();
    for (int count : FLEETS) {
      workers.become(count);
      backlog.workOff(usual, WARM_UP, "default");
      measure(
          measured.computeIfAbsent(count, _ -> new Measured()),
          workers,
          backlog,
          count,
          small,
          usual);
    }
    return table(measured);
  }

  private static void measure(
      Measured into,
      Workers workers,
      Backlog backlog,
      int count,
      StoredPictures small,
      StoredPictures usual) {
    into.byLatency.add(backlog.workOff(small, BY_LATENCY_PER_WORKER * count, "single"));
    Duration before = workers.cpuTime();
    into.asConfigured.add(backlog.workOff(usual, AS_CONFIGURED, "default"));
    Duration cpu = workers.cpuTime().minus(before);
    into.cpuMillis.add(cpu.toNanos() / 1e6 / AS_CONFIGURED);
  }

  private static Path policies(Path folder) throws IOException {
    Path policies = Files.createDirectories(folder.resolve("policies"));
    for (Map.Entry<String, String> each :
        Map.of("default", "demo", "single", "single").entrySet()) {
      Files.writeString(
          policies.resolve(each.getKey() + ".yaml"),
          "checks: [%s]\nmissing: review\ncategories:\n  divert.qrcode: {block: 0.8}\n"
              .formatted(each.getValue()));
    }
    return policies;
  }

  private static Map<String, Object> settings(
      Servers servers, SimulatedModel model, Path store, Path policies) throws IOException {
    Map<String, Object> settings = new LinkedHashMap<>(servers.settings(servers.newDatabase()));
    settings.put("image-audit.store.directory", store.toString());
    settings.put("image-audit.policy.directory", policies.toString());
    settings.put("image-audit.events.partitions", 24);
    settings.put("image-audit.reuse.enabled", false);
    settings.put("image-audit.models.demo.endpoint", model.endpoint());
    settings.put("image-audit.checks.single.models", "single");
    String single = "image-audit.models.single.";
    settings.put(single + "endpoint", model.endpoint());
    settings.put(single + "served-name", "demo");
    settings.put(single + "batch.max", 4);
    settings.put(single + "batch.in-flight", 1);
    settings.put(single + "batch.max-in-flight", 1);
    settings.put(single + "output.kind", "sigmoid");
    settings.put(single + "output.tensor", "scores");
    settings.put(single + "labels", "promo_text,qr_code,watermark,skin_exposure");
    settings.put(single + "categories.qr_code", "divert.qrcode");
    return settings;
  }

  private static Table table(Map<Integer, Measured> measured) {
    Table table =
        Table.of(
            "workers",
            "by latency: images/s",
            "of what the calls' time allows",
            "as configured, 800x800: images/s",
            "of the model server's capacity",
            "worker CPU per image",
            "images/s per core of a worker");
    for (Map.Entry<Integer, Measured> each : measured.entrySet()) {
      int workers = each.getKey();
      double byLatency = Rounds.median(each.getValue().byLatency);
      double asConfigured = Rounds.median(each.getValue().asConfigured);
      double cpuMillis = Rounds.median(each.getValue().cpuMillis);
      table =
          table.with(
              Integer.toString(workers),
              "%.0f".formatted(byLatency),
              "%.0f %%".formatted(100 * byLatency / (workers * ONE_CALL_AT_A_TIME)),
              "%.0f".formatted(asConfigured),
              "%.0f %%".formatted(100 * asConfigured / SimulatedModel.CAPACITY),
              "%.1f ms".formatted(cpuMillis),
              "%.0f".formatted(1000 / cpuMillis));
    }
    return table;
  }
}
