package io.imageaudit.benchmark.gateway;

import io.imageaudit.benchmark.Bench;
import io.imageaudit.benchmark.Benchmark;
import io.imageaudit.benchmark.Program;
import io.imageaudit.benchmark.Rounds;
import io.imageaudit.benchmark.Servers;
import io.imageaudit.benchmark.Table;
import io.imageaudit.benchmark.gateway.tutorial.TutorialApplication;
import io.imageaudit.benchmark.load.HttpLoad;
import io.imageaudit.benchmark.load.LoadResult;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.ToDoubleFunction;
import java.util.stream.Collectors;

/**
 * The accept path beside what the same web server does at best and what a tutorial's service does.
 * Each runs in a process of its own and rests while another is measured.
 */
public final class Accept implements Benchmark {

  private static final int CONNECTIONS = 64;
  private static final int ROUNDS = 3;

  /** Long enough for the compiler to have come to rest. */
  private static final Duration WARM = Duration.ofSeconds(25);

  private static final Duration MEASURED = Duration.ofSeconds(5);

  @Override
  public String name() {
    return "accept";
  }

  @Override
  public String question() {
    return "How many submissions per second are accepted over 64 connections, beside the same web"
        + " server answering a constant and a service as tutorials build it?";
  }

  @Override
  public Table measure(Bench bench) throws Exception {
    Servers servers = bench.servers();
    GatewayUnderLoad gateway =
        GatewayUnderLoad.start(bench, servers, List.of("-Xmx512m"), Map.of());
    InetSocketAddress constant = tutorial(bench, servers, true);
    InetSocketAddress tutorial = tutorial(bench, servers, false);
    Map<String, HttpLoad> contestants = new LinkedHashMap<>();
    contestants.put("gateway", new HttpLoad(gateway.address(), GatewayUnderLoad::submission));
    contestants.put("the same web server, a constant", load(constant, "/constant"));
    contestants.put("tutorial: save, send, wait", load(tutorial, "/v1/audits"));
    for (HttpLoad each : contestants.values()) {
      each.closed(CONNECTIONS, WARM);
    }
    Map<String, List<LoadResult>> results = new LinkedHashMap<>();
    for (int round = 0; round < ROUNDS; round++) {
      for (Map.Entry<String, HttpLoad> each : contestants.entrySet()) {
        results
            .computeIfAbsent(each.getKey(), _ -> new ArrayList<>())
            .add(each.getValue().closed(CONNECTIONS, MEASURED));
      }
    }
    return table(results);
  }

  private static Table table(Map<String, List<LoadResult>> results) {
    double own = median(results.values().iterator().next(), LoadResult::perSecond);
    Table table =
        Table.of("service", "accepted/s", "gateway is", "p50 ms", "p99 ms", "errors", "rounds");
    for (Map.Entry<String, List<LoadResult>> each : results.entrySet()) {
      List<LoadResult> rounds = each.getValue();
      double perSecond = median(rounds, LoadResult::perSecond);
      table =
          table.with(
              each.getKey(),
              "%.0f".formatted(perSecond),
              "%.2f x".formatted(own / perSecond),
              "%.1f".formatted(median(rounds, round -> round.millis(0.5))),
              "%.1f".formatted(median(rounds, round -> round.millis(0.99))),
              Long.toString(rounds.stream().mapToLong(LoadResult::errors).sum()),
              rounds.stream()
                  .map(round -> "%.0f".formatted(round.perSecond()))
                  .collect(Collectors.joining(", ")));
    }
    return table;
  }

  private static double median(List<LoadResult> rounds, ToDoubleFunction<LoadResult> figure) {
    return Rounds.median(rounds.stream().mapToDouble(figure).boxed().toList());
  }

  private static InetSocketAddress tutorial(Bench bench, Servers servers, boolean virtualThreads)
      throws Exception {
    int port = GatewayUnderLoad.freePort();
    Map<String, Object> settings = new LinkedHashMap<>(servers.settings(servers.newDatabase()));
    settings.put("server.port", port);
    settings.put("spring.threads.virtual.enabled", virtualThreads);
    settings.put("spring.jpa.hibernate.ddl-auto", "create");
    settings.put("spring.kafka.producer.acks", "all");
    settings.put(
        "spring.kafka.producer.value-serializer",
        "org.apache.kafka.common.serialization.ByteArraySerializer");
    settings.put("management.endpoint.health.probes.enabled", true);
    bench.keep(
        Program.start(TutorialApplication.class, List.of("-Xmx512m"), settings, bench.folder()));
    return new InetSocketAddress(InetAddress.getLoopbackAddress(), port);
  }

  private static HttpLoad load(InetSocketAddress address, String target) {
    String body = "{\"image_url\": \"https://shop.example/%d.jpg\", \"reference\": \"sku-%d\"}";
    return new HttpLoad(
        address,
        number ->
            HttpLoad.request(
                "POST",
                target,
                Map.of("Content-Type", "application/json"),
                body.formatted(number, number).getBytes(StandardCharsets.UTF_8)));
  }
}
