package io.imageaudit.benchmark.gateway;

import io.imageaudit.benchmark.Bench;
import io.imageaudit.benchmark.Program;
import io.imageaudit.benchmark.Servers;
import io.imageaudit.benchmark.load.HttpLoad;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** A packaged gateway with one tenant and a quota that counts and does not stop. */
final class GatewayUnderLoad {

  static final String TOKEN = "benchmark-token-benchmark-token-0";
  static final String KEY = "iak_bench_0123456789abcdefghijklmnopqrstuvwxyzABCDEFG";

  private final Program program;
  private final int port;
  private final int managementPort;

  private GatewayUnderLoad(Program program, int port, int managementPort) {
    this.program = program;
    this.port = port;
    this.managementPort = managementPort;
  }

  /**
   * Starts it.
   *
   * @param jvm options of its Java virtual machine
   * @param more settings beyond the usual
   */
  static GatewayUnderLoad start(
      Bench bench, Servers servers, List<String> jvm, Map<String, Object> more)
      throws IOException, InterruptedException {
    int port = freePort();
    int management = freePort();
    Map<String, Object> settings = new LinkedHashMap<>(servers.settings(servers.newDatabase()));
    settings.put("server.port", port);
    settings.put("management.server.port", management);
    settings.put("image-audit.internal.token", TOKEN);
    settings.put("image-audit.policy.directory", bench.root().resolve("policies").toString());
    settings.put("image-audit.access.bootstrap.tenant", "bench");
    settings.put("image-audit.access.bootstrap.api-key", KEY);
    settings.put("image-audit.quota.rate", 1_000_000);
    settings.put("image-audit.quota.burst", 1_000_000);
    // Nobody takes the audits further, so they would be announced again and again.
    settings.put("image-audit.submit.patience", "1h");
    settings.putAll(more);
    return new GatewayUnderLoad(bench.program("gateway-service", jvm, settings), port, management);
  }

  Program program() {
    return program;
  }

  InetSocketAddress address() {
    return new InetSocketAddress(InetAddress.getLoopbackAddress(), port);
  }

  /** A submission by URL with this number. */
  static byte[] submission(long number) {
    String body =
        "{\"image_url\": \"https://shop.example/%d.jpg\", \"reference\": \"sku-%d\","
            + " \"timeout_sec\": 3600}";
    return HttpLoad.request(
        "POST",
        "/v1/audits",
        Map.of("X-API-Key", KEY, "Content-Type", "application/json"),
        body.formatted(number, number).getBytes(StandardCharsets.UTF_8));
  }

  /** A look at an audit. */
  static byte[] look(String auditId) {
    return HttpLoad.request("GET", "/v1/audits/" + auditId, Map.of("X-API-Key", KEY), new byte[0]);
  }

  /** What it answers to a question. */
  String get(String path) throws IOException, InterruptedException {
    return get(port, path);
  }

  /** A figure of its own, the sum over all series that start so. */
  double meter(String series) throws IOException, InterruptedException {
    return sum(get(managementPort, "/actuator/prometheus"), series);
  }

  static double sum(String meters, String series) {
    return meters
        .lines()
        .filter(line -> line.startsWith(series))
        .mapToDouble(line -> Double.parseDouble(line.substring(line.lastIndexOf(' '))))
        .sum();
  }

  static String get(int port, String path) throws IOException, InterruptedException {
    HttpRequest request =
        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path))
            .header("X-API-Key", KEY)
            .build();
    try (HttpClient http = HttpClient.newHttpClient()) {
      return http.send(request, BodyHandlers.ofString()).body();
    }
  }

  static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0)) {
      return socket.getLocalPort();
    }
  }
}
