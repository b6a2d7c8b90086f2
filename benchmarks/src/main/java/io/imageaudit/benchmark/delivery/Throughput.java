package io.imageaudit.benchmark.delivery;

import io.imageaudit.benchmark.Bench;
import io.imageaudit.benchmark.Benchmark;
import io.imageaudit.benchmark.Rounds;
import io.imageaudit.benchmark.Table;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;

/**
 * Callbacks per second to receivers that answer at once, from the broker to the end of the
 * delivery, against the slower of two limits: the HTTP client alone and the database alone.
 */
public final class Throughput implements Benchmark {

  static final int RECEIVERS = 100;

  private static final int TENANTS = 10;
  private static final int AUDITS = 6000;
  private static final int WARM_UPS = 15;

  @Override
  public String name() {
    return "delivery";
  }

  @Override
  public String question() {
    return "How many callbacks per second arrive, and how many could?";
  }

  @Override
  public Table measure(Bench bench) throws Exception {
    Delivering delivering = Delivering.start(bench);
    Receivers receivers = bench.keep(new Receivers(8, Receivers.Answer.OK));
    for (int i = 0; i < WARM_UPS; i++) {
      deliver(delivering, receivers);
    }
    String body = delivering.tables().body();
    BareHttp http = bench.keep(new BareHttp(receivers, body));
    JdbcAlone postgres = new JdbcAlone(delivering.tables(), body.getBytes(StandardCharsets.UTF_8));
    http.perSecond(Duration.ofSeconds(1));
    Map<String, Double> medians =
        new Rounds(3)
            .with("delivered", () -> deliver(delivering, receivers))
            .with("HttpClient 5 alone", () -> http.perSecond(Duration.ofSeconds(3)))
            .with("PostgreSQL alone", () -> postgres.perSecond(AUDITS))
            .medians();
    double ours = medians.getOrDefault("delivered", Double.NaN);
    Table table = Table.of("what", "per second", "delivered, of that");
    for (Map.Entry<String, Double> each : medians.entrySet()) {
      table =
          table.with(
              each.getKey(),
              "%.0f".formatted(each.getValue()),
              "%.0f %%".formatted(100 * ours / each.getValue()));
    }
    return table;
  }

  private static double deliver(Delivering delivering, Receivers receivers) throws Exception {
    receivers.reset();
    long start = System.nanoTime();
    for (int i = 0; i < AUDITS; i++) {
      delivering.audits().end("tenant-" + i % TENANTS, receivers.url(i % RECEIVERS));
    }
    Delivering.await(() -> receivers.messages() == AUDITS);
    double perSecond = AUDITS / ((System.nanoTime() - start) / 1e9);
    Delivering.await(() -> delivering.tables().left() == 0);
    return perSecond;
  }
}
