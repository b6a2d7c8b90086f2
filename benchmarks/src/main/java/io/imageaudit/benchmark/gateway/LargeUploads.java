package io.imageaudit.benchmark.gateway;

import io.imageaudit.benchmark.Bench;
import io.imageaudit.benchmark.Benchmark;
import io.imageaudit.benchmark.Program;
import io.imageaudit.benchmark.Servers;
import io.imageaudit.benchmark.Table;
import java.io.ByteArrayInputStream;
import java.io.SequenceInputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.locks.LockSupport;
import tools.jackson.databind.json.JsonMapper;

/** Many large files at a time through gateway and intake, each with a small heap. */
public final class LargeUploads implements Benchmark {

  private static final int AT_A_TIME = 64;
  private static final int ROUNDS = 3;
  private static final int BYTES = 20_000_000;
  private static final String HEAP = "-Xmx256m";
  private static final String HEAP_USED = "jvm_memory_used_bytes{application=\"%s\",area=\"heap\"";
  private static final Duration LONGEST_END = Duration.ofSeconds(60);

  @Override
  public String name() {
    return "uploads";
  }

  @Override
  public String question() {
    return "64 uploads of 20 MB at a time through gateway and intake with 256 MB of heap each: is"
        + " any lost, and how much heap do they take?";
  }

  @Override
  public Table measure(Bench bench) throws Exception {
    Servers servers = bench.servers();
    int intakePort = GatewayUnderLoad.freePort();
    Program intake = intake(bench, servers, intakePort);
    GatewayUnderLoad gateway =
        GatewayUnderLoad.start(
            bench,
            servers,
            List.of(HEAP),
            Map.of("image-audit.intake.url", "http://127.0.0.1:" + intakePort));
    Peak peak = new Peak(gateway, intakePort);
    Thread watcher = Thread.ofVirtual().start(peak);
    Table table =
        Table.of(
            "round",
            "uploads",
            "202",
            "MB/s",
            "heard of at the end",
            "gateway heap MB",
            "intake heap MB",
            "OutOfMemoryError");
    for (int round = 1; round <= ROUNDS; round++) {
      long start = System.nanoTime();
      List<String> audits = upload(gateway, round);
      double seconds = (System.nanoTime() - start) / 1e9;
      table =
          table.with(
              Integer.toString(round),
              Integer.toString(AT_A_TIME),
              Integer.toString(audits.size()),
              "%.0f".formatted(audits.size() * (BYTES / 1e6) / seconds),
              Long.toString(ended(gateway, audits)),
              "%.0f".formatted(peak.gateway / 1e6),
              "%.0f".formatted(peak.intake / 1e6),
              Boolean.toString(
                  (gateway.program().log() + intake.log()).contains("OutOfMemoryError")));
    }
    peak.ended = true;
    watcher.join();
    return table;
  }

  private static Program intake(Bench bench, Servers servers, int port) throws Exception {
    Map<String, Object> settings = new LinkedHashMap<>(servers.settings(servers.newDatabase()));
    settings.put("server.port", port);
    settings.put("image-audit.internal.token", GatewayUnderLoad.TOKEN);
    settings.put("image-audit.store.directory", bench.folder().resolve("store").toString());
    return bench.program("intake-service", List.of(HEAP), settings);
  }

  /** Uploads all at a time; the audits that were accepted. */
  private static List<String> upload(GatewayUnderLoad gateway, int round) throws Exception {
    byte[] rest = new byte[BYTES - Long.BYTES];
    List<Future<HttpResponse<String>>> answers = new ArrayList<>();
    try (HttpClient http = HttpClient.newHttpClient();
        ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      for (int i = 0; i < AT_A_TIME; i++) {
        HttpRequest request = request(gateway, "%04d%04d".formatted(round, i), rest);
        answers.add(threads.submit(() -> http.send(request, BodyHandlers.ofString())));
      }
    }
    List<String> audits = new ArrayList<>();
    for (Future<HttpResponse<String>> answer : answers) {
      if (answer.get().statusCode() == 202) {
        audits.add(
            JsonMapper.shared().readTree(answer.get().body()).at("/data/audit_id").asString());
      }
    }
    return audits;
  }

  /** Each file begins with its own number, so none is the same as another. */
  private static HttpRequest request(GatewayUnderLoad gateway, String number, byte[] rest) {
    String head =
        "--b\r\nContent-Disposition: form-data; name=\"image\"; filename=\"a\"\r\n\r\n" + number;
    byte[] first = head.getBytes(StandardCharsets.US_ASCII);
    byte[] last = "\r\n--b--\r\n".getBytes(StandardCharsets.US_ASCII);
    // Streamed, as the client would copy an array as a whole.
    BodyPublisher body =
        BodyPublishers.fromPublisher(
            BodyPublishers.ofInputStream(() ->
                new SequenceInputStream(
                    Collections.enumeration(
                        List.of(
                            new ByteArrayInputStream(first),
                            new ByteArrayInputStream(rest),
                            new ByteArrayInputStream(last))))),
            first.length + rest.length + last.length);
    return HttpRequest.newBuilder(
            URI.create("http://127.0.0.1:" + gateway.address().getPort() + "/v1/audits"))
        .version(HttpClient.Version.HTTP_1_1)
        .header("X-API-Key", GatewayUnderLoad.KEY)
        .header("Content-Type", "multipart/form-data; boundary=b")
        .POST(body)
        .build();
  }

  /** How many of the audits intake has said something of; zeros are no image, so they fail. */
  private static long ended(GatewayUnderLoad gateway, List<String> audits) throws Exception {
    long end = System.nanoTime() + LONGEST_END.toNanos();
    long ended = 0;
    while (ended < audits.size() && System.nanoTime() < end) {
      LockSupport.parkNanos(Duration.ofMillis(200).toNanos());
      ended = 0;
      for (String audit : audits) {
        if (gateway.get("/v1/audits/" + audit).contains("\"status\":\"FAILED\"")) {
          ended++;
        }
      }
    }
    return ended;
  }

  /** Looks at the heaps again and again and keeps the highest. */
  private static final class Peak implements Runnable {

    private final GatewayUnderLoad gatewayService;
    private final int intakePort;
    private volatile double gateway;
    private volatile double intake;
    private volatile boolean ended;

    private Peak(GatewayUnderLoad gateway, int intakePort) {
      this.gatewayService = gateway;
      this.intakePort = intakePort;
    }

    @Override
    public void run() {
      while (!ended) {
        try {
          gateway = Math.max(gateway, gatewayService.meter(HEAP_USED.formatted("gateway-service")));
          intake =
              Math.max(
                  intake,
                  GatewayUnderLoad.sum(
                      GatewayUnderLoad.get(intakePort, "/actuator/prometheus"),
                      HEAP_USED.formatted("intake-service")));
        } catch (java.io.IOException _) {
          // It is too busy to say; the next look counts.
        } catch (InterruptedException _) {
          return;
        }
        LockSupport.parkNanos(Duration.ofMillis(250).toNanos());
      }
    }
  }
}
