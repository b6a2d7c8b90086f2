package io.imageaudit.benchmark.intake;

import io.imageaudit.benchmark.Bench;
import io.imageaudit.benchmark.Benchmark;
import io.imageaudit.benchmark.Program;
import io.imageaudit.benchmark.Rounds;
import io.imageaudit.benchmark.Servers;
import io.imageaudit.benchmark.Table;
import io.imageaudit.benchmark.load.HttpLoad;
import io.imageaudit.benchmark.load.LoadResult;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;

/**
 * Uploads to intake, each digested, synchronised and kept by content, against files being written.
 */
public final class UploadThroughput implements Benchmark {

  private static final String TOKEN = "benchmark-token-benchmark-token-0";
  private static final int BYTES = 2 << 20;
  private static final int CONNECTIONS = 8;
  private static final int ROUNDS = 3;
  private static final Duration WARM_UP = Duration.ofSeconds(25);
  private static final Duration TIME = Duration.ofSeconds(6);
  private static final int NUMBER_AT = 64;

  @Override
  public String name() {
    return "upload";
  }

  @Override
  public String question() {
    return "How much does intake take in a second, digested and synchronised to the disk, against a"
        + " plain Tomcat that writes the same to files? (2 MB each, aim: at least 70 %)";
  }

  @Override
  public Table measure(Bench bench) throws Exception {
    HttpLoad intake = intake(bench);
    HttpLoad plain = plain(bench);
    intake.closed(CONNECTIONS, WARM_UP);
    plain.closed(CONNECTIONS, WARM_UP);
    Map<String, Double> medians =
        new Rounds(ROUNDS)
            .with("intake", () -> megabytes(intake))
            .with("Tomcat", () -> megabytes(plain))
            .medians();
    double intakes = medians.getOrDefault("intake", Double.NaN);
    double tomcats = medians.getOrDefault("Tomcat", Double.NaN);
    return Table.of("", "MB/s", "share")
        .with("intake", "%.0f".formatted(intakes), "%.0f %%".formatted(100 * intakes / tomcats))
        .with("plain Tomcat", "%.0f".formatted(tomcats), "");
  }

  private static double megabytes(HttpLoad load) throws Exception {
    LoadResult result = load.closed(CONNECTIONS, TIME);
    if (result.errors() > 0) {
      throw new IllegalStateException("uploads failed: " + result);
    }
    return result.perSecond() * BYTES / 1e6;
  }

  private static HttpLoad intake(Bench bench) throws IOException, InterruptedException {
    Servers servers = bench.servers();
    int port = freePort();
    Map<String, Object> settings = new LinkedHashMap<>(servers.settings(servers.newDatabase()));
    settings.put("server.port", port);
    settings.put("image-audit.internal.token", TOKEN);
    settings.put("image-audit.store.directory", bench.folder().resolve("store").toString());
    bench.program("intake-service", List.of("-Xmx256m"), settings);
    return load(port, "/internal/v1/tenants/acme/images");
  }

  private static HttpLoad plain(Bench bench) throws IOException, InterruptedException {
    int port = freePort();
    Map<String, Object> settings = new LinkedHashMap<>();
    settings.put("server.port", port);
    settings.put("folder", bench.folder().resolve("plain").toString());
    bench.keep(Program.start(PlainTomcat.class, List.of("-Xmx256m"), settings, bench.folder()));
    return load(port, "/");
  }

  /** No two bodies are the same, so that each is kept anew. */
  private static HttpLoad load(int port, String target) {
    byte[] noise = new byte[BYTES];
    new Random(port).nextBytes(noise);
    return new HttpLoad(
        new InetSocketAddress("127.0.0.1", port),
        _ -> {
          byte[] body = noise.clone();
          ByteBuffer.wrap(body)
              .putLong(NUMBER_AT, System.nanoTime())
              .putLong(Thread.currentThread().threadId());
          Map<String, String> headers = new LinkedHashMap<>();
          headers.put("Authorization", "Bearer " + TOKEN);
          headers.put("Content-Type", "application/octet-stream");
          return HttpLoad.request("POST", target, headers, body);
        });
  }

  static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0)) {
      return socket.getLocalPort();
    }
  }
}
