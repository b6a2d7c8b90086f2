package io.imageaudit.intake.fetch;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpExchange;
import io.imageaudit.intake.Pictures;
import io.imageaudit.intake.WebServer;
import io.imageaudit.intake.store.Staging;
import io.imageaudit.intake.store.Stores;
import io.imageaudit.model.ContentDigest;
import io.imageaudit.model.FailureCode;
import io.imageaudit.model.net.HostLookup;
import io.imageaudit.model.net.OutboundGuard;
import io.imageaudit.model.net.OutboundSettings;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.apache.hc.client5.http.impl.classic.CloseableHttpClient;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.util.unit.DataSize;

@Timeout(30)
class HttpRemoteImagesTest {

  private static final byte[] PICTURE = Pictures.jpeg(100, 80);
  private static final Duration AMPLE = Duration.ofMinutes(1);
  private static final int MAX_BYTES = 1 << 20;
  private static final Instant NOW = Instant.parse("2026-11-01T00:00:00Z");

  @TempDir Path folder;

  @Test
  void a_download_arrives_whole() throws IOException {
    try (WebServer server = new WebServer()) {
      FetchOutcome outcome = fetch(server.serve("/a.jpg", PICTURE));

      assertThat(outcome).isInstanceOf(FetchOutcome.Fetched.class);
      try (var content = ((FetchOutcome.Fetched) outcome).content()) {
        assertThat(content.file()).hasBinaryContent(PICTURE);
        assertThat(content.sha256()).isEqualTo(ContentDigest.of(PICTURE));
        assertThat(content.bytes()).isEqualTo(PICTURE.length);
      }
    }
  }

  @Test
  void a_receipt_says_where_the_bytes_came_from() throws IOException {
    try (WebServer server = new WebServer()) {
      URI address = server.serve("/a.jpg", PICTURE);
      FetchOutcome outcome = fetch(server.redirect("/moved", 302, "/a.jpg"));
      ((FetchOutcome.Fetched) outcome).content().close();
      FetchReceipt receipt = ((FetchOutcome.Fetched) outcome).receipt();

      assertThat(receipt.url()).isEqualTo(address);
      assertThat(receipt.connectedTo()).contains("127.0.0.1:" + address.getPort());
      assertThat(receipt.tls()).isNull();
      assertThat(receipt.status()).isEqualTo(200);
      assertThat(receipt.redirects()).isOne();
      assertThat(receipt.fetchedAt()).isEqualTo(NOW);
    }
  }

  @Test
  void a_download_of_exactly_the_limit_arrives_and_one_byte_more_does_not() throws IOException {
    try (WebServer server = new WebServer()) {
      assertArrives(server.serve("/limit", new byte[MAX_BYTES]));
      assertFails(server.serve("/more", new byte[MAX_BYTES + 1]), FailureCode.FETCH_TOO_LARGE);
      assertFails(
          server.on("/endless", exchange -> pour(exchange, 1 << 30)), FailureCode.FETCH_TOO_LARGE);
      assertFails(
          server.on(
              "/huge",
              exchange -> {
                exchange.sendResponseHeaders(200, 1L << 40);
                exchange.getResponseBody().write(PICTURE);
                exchange.getResponseBody().flush();
              }),
          FailureCode.FETCH_TOO_LARGE);
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {201, 204, 206, 400, 401, 403, 404, 429, 500, 503, 304})
  void another_status_than_200_is_a_failure(int status) throws IOException {
    try (WebServer server = new WebServer()) {
      assertFails(server.status("/a.jpg", status), FailureCode.FETCH_HTTP_STATUS);
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {301, 302, 303, 307, 308})
  void redirects_are_followed_and_each_target_is_inspected(int status) throws IOException {
    try (WebServer server = new WebServer()) {
      server.serve("/a.jpg", PICTURE);
      assertArrives(server.redirect("/moved", status, "/a.jpg"));
      for (String target :
          List.of(
              "http://169.254.169.254/latest/meta-data/",
              "http://10.0.0.1/",
              "http://[::ffff:127.0.0.1]/",
              "http://2130706433/",
              "http://localhost:22/",
              "http://user@localhost/",
              "file:///etc/passwd",
              "http://inside.example/",
              "http://\\evil/")) {
        String path = "/to" + Integer.toHexString(target.hashCode());
        assertFails(server.redirect(path, status, target), FailureCode.FETCH_FORBIDDEN_ADDRESS);
      }
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/\u00e5\u009b\u00be.jpg", // UTF-8, each byte a character, as it comes over the wire.
        "/%E5%9B%BE.jpg#top",
        "/%E5%9B%BE.jpg?a b=|",
        "?moved=1"
      })
  void redirects_are_read_as_browsers_read_them(String location) throws IOException {
    try (WebServer server = new WebServer()) {
      server.serve("/\u56fe.jpg", PICTURE);
      server.on(
          "/moved",
          exchange -> {
            boolean again = exchange.getRequestURI().getRawQuery() != null;
            exchange
                .getResponseHeaders()
                .set("Location", again ? "/\u00e5\u009b\u00be.jpg" : location);
            exchange.sendResponseHeaders(302, -1);
          });
      assertArrives(server.address("/moved"));
    }
  }

  @Test
  void what_a_server_says_of_its_bytes_is_recorded_without_what_cannot_be_printed()
      throws Exception {
    try (ServerSocket server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
        ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      threads.submit(() -> {
        try (Socket socket = server.accept()) {
          socket.getInputStream().readNBytes(10);
          String answer =
              "HTTP/1.1 200 OK\r\n"
                  + "Content-Type: image/\0\u001b\u00e5png\r\n"
                  + "Content-Length: 1\r\n\r\n"
                  + "x";
          socket.getOutputStream().write(answer.getBytes(StandardCharsets.ISO_8859_1));
          socket.shutdownOutput();
          socket.getInputStream().readAllBytes();
        }
        return true;
      });
      FetchOutcome outcome =
          fetch(URI.create("http://localhost:" + server.getLocalPort() + "/a.jpg"));
      ((FetchOutcome.Fetched) outcome).content().close();

      assertThat(((FetchOutcome.Fetched) outcome).receipt().contentType()).isEqualTo("image/png");
    }
  }

  @Test
  void three_redirects_are_followed_and_no_more() throws IOException {
    try (WebServer server = new WebServer()) {
      server.serve("/0", PICTURE);
      server.redirect("/1", 302, "/0");
      server.redirect("/2", 302, "/1");
      assertArrives(server.redirect("/3", 302, "/2"));
      assertFails(server.redirect("/4", 302, "/3"), FailureCode.FETCH_HTTP_STATUS);
      assertFails(server.redirect("/loop", 302, "/loop"), FailureCode.FETCH_HTTP_STATUS);
      assertFails(server.status("/nowhere", 302), FailureCode.FETCH_HTTP_STATUS);
    }
  }

  @Test
  @Execution(ExecutionMode.CONCURRENT)
  void a_server_that_does_not_answer_is_given_up() throws IOException {
    CountDownLatch end = new CountDownLatch(1);
    try (WebServer server = new WebServer()) {
      assertFails(server.on("/silent", _ -> await(end)), FailureCode.FETCH_TIMEOUT);
      assertFails(server.on("/drip", exchange -> drip(exchange, end)), FailureCode.FETCH_TIMEOUT);
      end.countDown();
    }
  }

  @Test
  void a_caller_that_has_less_time_waits_less() throws IOException {
    CountDownLatch end = new CountDownLatch(1);
    try (WebServer server = new WebServer();
        CloseableHttpClient client = client(system())) {
      long start = System.nanoTime();
      FetchOutcome outcome =
          images(client, system())
              .fetch(server.on("/silent", _ -> await(end)), Duration.ofMillis(200));

      assertThat(code(outcome)).isEqualTo(FailureCode.FETCH_TIMEOUT);
      assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(1));
      end.countDown();
    }
  }

  @Test
  void a_body_that_ends_early_is_tried_once_more_and_then_given_up() throws IOException {
    try (WebServer server = new WebServer()) {
      URI address =
          server.on(
              "/short",
              exchange -> {
                exchange.sendResponseHeaders(200, PICTURE.length);
                exchange.getResponseBody().write(PICTURE, 0, 100);
                throw new IOException("gone");
              });
      assertFails(address, FailureCode.FETCH_UNREACHABLE);
      assertThat(server.requests()).isEqualTo(2);
    }
  }

  @Test
  void a_connection_fault_is_survived_once() throws IOException {
    AtomicInteger tries = new AtomicInteger();
    try (WebServer server = new WebServer()) {
      URI address =
          server.on(
              "/flaky",
              exchange -> {
                exchange.sendResponseHeaders(200, PICTURE.length);
                if (tries.incrementAndGet() > 1) {
                  exchange.getResponseBody().write(PICTURE);
                }
              });
      assertArrives(address);
    }
  }

  @Test
  void a_closed_port_and_an_unknown_host_are_unreachable() throws IOException {
    int port;
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      port = socket.getLocalPort();
    }
    assertFails(URI.create("http://localhost:" + port + "/"), FailureCode.FETCH_UNREACHABLE);
    assertFails(URI.create("http://unknown.example/"), FailureCode.FETCH_UNREACHABLE);
  }

  @Test
  void a_name_that_stands_for_an_internal_address_is_forbidden() throws IOException {
    assertFails(URI.create("http://inside.example/"), FailureCode.FETCH_FORBIDDEN_ADDRESS);
    assertFails(URI.create("http://mixed.example/"), FailureCode.FETCH_FORBIDDEN_ADDRESS);
    assertFails(URI.create("https://2130706433/"), FailureCode.FETCH_FORBIDDEN_ADDRESS);
    assertFails(URI.create("ftp://localhost/"), FailureCode.FETCH_FORBIDDEN_ADDRESS);
  }

  @Test
  void a_name_that_changes_its_answer_reaches_only_the_checked_address() throws IOException {
    AtomicInteger lookups = new AtomicInteger();
    HostLookup rebinding =
        _ ->
            List.of(
                InetAddress.ofLiteral(lookups.getAndIncrement() == 0 ? "127.0.0.1" : "10.0.0.1"));
    try (WebServer server = new WebServer();
        CloseableHttpClient client = client(rebinding)) {
      server.serve("/a.jpg", PICTURE);
      URI address = URI.create("http://shop.example:" + server.address("/").getPort() + "/a.jpg");
      FetchOutcome outcome = images(client, rebinding).fetch(address, AMPLE);

      assertThat(lookups).hasValue(1);
      assertThat(outcome).isInstanceOf(FetchOutcome.Fetched.class);
      ((FetchOutcome.Fetched) outcome).content().close();
    }
  }

  @Test
  void a_slow_name_server_delays_only_its_own_names() throws Exception {
    CountDownLatch end = new CountDownLatch(1);
    HostLookup lookup =
        host -> {
          if ("slow.example".equals(host)) {
            await(end);
          }
          return system().lookup("localhost");
        };
    try (WebServer server = new WebServer();
        CloseableHttpClient client = client(lookup);
        ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      RemoteImages images = images(client, lookup);
      URI good = server.serve("/a.jpg", PICTURE);
      URI slow = URI.create("http://slow.example:" + good.getPort() + "/a.jpg");
      Future<FetchOutcome> waiting = threads.submit(() -> images.fetch(slow, AMPLE));
      for (int i = 0; i < 10; i++) {
        assertArrived(images.fetch(good, AMPLE));
      }

      assertThat(code(waiting.get())).isEqualTo(FailureCode.FETCH_TIMEOUT);
      end.countDown();
    }
  }

  @Test
  void a_hanging_host_takes_its_own_connections_and_no_others() throws Exception {
    CountDownLatch end = new CountDownLatch(1);
    HostLookup lookup = _ -> system().lookup("localhost");
    try (WebServer server = new WebServer();
        CloseableHttpClient client = client(lookup);
        ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      RemoteImages images = images(client, lookup);
      AtomicInteger hanging = new AtomicInteger();
      int port =
          server
              .on(
                  "/hang.jpg",
                  _ -> {
                    hanging.incrementAndGet();
                    await(end);
                  })
              .getPort();
      server.serve("/a.jpg", PICTURE);
      List<Future<FetchOutcome>> waiting =
          Stream.generate(() -> URI.create("http://hang.example:" + port + "/hang.jpg"))
              .limit(40)
              .map(address -> threads.submit(() -> images.fetch(address, settings().deadline())))
              .toList();
      for (int i = 0; i < 20; i++) {
        assertArrived(images.fetch(URI.create("http://good.example:" + port + "/a.jpg"), AMPLE));
      }

      for (Future<FetchOutcome> hung : waiting) {
        assertThat(code(hung.get())).isEqualTo(FailureCode.FETCH_TIMEOUT);
      }
      assertThat(hanging.get()).isBetween(1, 2 * settings().connectionsPerHost() * 2);
      end.countDown();
    }
  }

  @Test
  void many_images_of_one_host_all_arrive_each_in_its_turn() throws Exception {
    CountDownLatch never = new CountDownLatch(1);
    try (WebServer server = new WebServer();
        CloseableHttpClient client = client(system());
        ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      RemoteImages images = images(client, system());
      URI address =
          server.on(
              "/a.jpg",
              exchange -> {
                await(never, Duration.ofMillis(150));
                exchange.sendResponseHeaders(200, PICTURE.length);
                exchange.getResponseBody().write(PICTURE);
              });
      List<Future<FetchOutcome>> waiting =
          Stream.generate(() -> threads.submit(() -> images.fetch(address, AMPLE)))
              .limit(48)
              .toList();
      for (Future<FetchOutcome> each : waiting) {
        assertArrived(each.get());
      }
    }
  }

  @Test
  void many_hosts_that_hang_keep_an_image_from_nobody_who_can_wait_for_its_turn() throws Exception {
    CountDownLatch end = new CountDownLatch(1);
    HostLookup lookup = _ -> system().lookup("localhost");
    try (WebServer server = new WebServer();
        CloseableHttpClient client = client(lookup);
        ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      RemoteImages images = images(client, lookup);
      int port = server.on("/hang.jpg", _ -> await(end)).getPort();
      server.serve("/a.jpg", PICTURE);
      for (int i = 0; i < 3 * settings().connections(); i++) {
        URI hanging = URI.create("http://hang" + i + ".example:" + port + "/hang.jpg");
        threads.submit(() -> images.fetch(hanging, AMPLE));
      }
      Awaitility.await().until(() -> server.requests() >= settings().connections());

      assertArrived(images.fetch(URI.create("http://good.example:" + port + "/a.jpg"), AMPLE));
      end.countDown();
    }
  }

  private static void assertArrived(FetchOutcome outcome) throws IOException {
    assertThat(outcome).isInstanceOf(FetchOutcome.Fetched.class);
    ((FetchOutcome.Fetched) outcome).content().close();
  }

  @Test
  void a_compressed_answer_is_not_inflated() throws IOException {
    try (WebServer server = new WebServer()) {
      URI address =
          server.on(
              "/gzip",
              exchange -> {
                assertThat(exchange.getRequestHeaders().getFirst("Accept-Encoding"))
                    .isEqualTo("identity");
                exchange.getResponseHeaders().set("Content-Encoding", "gzip");
                exchange.sendResponseHeaders(200, 3);
                exchange.getResponseBody().write(new byte[] {1, 2, 3});
              });
      FetchOutcome outcome = fetch(address);

      try (var content = ((FetchOutcome.Fetched) outcome).content()) {
        assertThat(content.bytes()).isEqualTo(3);
      }
    }
  }

  private void assertArrives(URI address) throws IOException {
    FetchOutcome outcome = fetch(address);
    assertThat(outcome).isInstanceOf(FetchOutcome.Fetched.class);
    ((FetchOutcome.Fetched) outcome).content().close();
    assertNothingStaged();
  }

  private void assertFails(URI address, FailureCode code) throws IOException {
    assertThat(code(fetch(address))).as("%s", address).isEqualTo(code);
    assertNothingStaged();
  }

  private void assertNothingStaged() {
    Awaitility.await()
        .pollDelay(Duration.ZERO)
        .atMost(Duration.ofSeconds(5))
        .untilAsserted(() -> {
          try (Stream<Path> left = Files.list(folder.resolve("staging"))) {
            assertThat(left).isEmpty();
          }
        });
  }

  private static FailureCode code(FetchOutcome outcome) {
    return switch (outcome) {
      case FetchOutcome.NotFetched(var failure) -> failure.code();
      case FetchOutcome.Fetched(var content, _) -> throw new AssertionError("fetched " + content);
    };
  }

  private FetchOutcome fetch(URI address) throws IOException {
    try (CloseableHttpClient client = client(system())) {
      return images(client, system()).fetch(address, AMPLE);
    }
  }

  private RemoteImages images(CloseableHttpClient client, HostLookup lookup) throws IOException {
    Staging staging = Stores.staging(folder.resolve("staging"));
    return new FetchConfig().remoteImages(guard(lookup), client, staging, settings(), () -> NOW);
  }

  private static CloseableHttpClient client(HostLookup lookup) {
    return new FetchConfig().fetchClient(guard(lookup), settings());
  }

  /** Names of the test's own; nothing is asked of the network. */
  private static HostLookup system() {
    return host ->
        switch (host) {
          case "localhost" -> List.of(InetAddress.getLoopbackAddress());
          case "inside.example" -> List.of(InetAddress.ofLiteral("10.0.0.1"));
          case "mixed.example" ->
              List.of(InetAddress.ofLiteral("127.0.0.1"), InetAddress.ofLiteral("192.168.0.1"));
          default -> throw new UnknownHostException(host);
        };
  }

  private static OutboundGuard guard(HostLookup lookup) {
    return new OutboundGuard(
        new OutboundSettings(
            true,
            List.of("80", "443", "1024-65535"),
            List.of(),
            List.of(),
            Duration.ofSeconds(1),
            8),
        lookup);
  }

  private static FetchSettings settings() {
    return new FetchSettings(
        Duration.ofSeconds(1),
        Duration.ofMillis(700),
        Duration.ofMillis(1500),
        DataSize.ofBytes(MAX_BYTES),
        3,
        4,
        16);
  }

  private static void pour(HttpExchange exchange, long bytes) throws IOException {
    exchange.sendResponseHeaders(200, 0);
    byte[] piece = new byte[1 << 16];
    OutputStream body = exchange.getResponseBody();
    for (long sent = 0; sent < bytes; sent += piece.length) {
      body.write(piece);
    }
  }

  private static void drip(HttpExchange exchange, CountDownLatch end) throws IOException {
    exchange.sendResponseHeaders(200, 0);
    OutputStream body = exchange.getResponseBody();
    while (!await(end, Duration.ofMillis(100))) {
      body.write(1);
      body.flush();
    }
  }

  private static void await(CountDownLatch end) {
    assertThat(await(end, AMPLE)).isTrue();
  }

  private static boolean await(CountDownLatch end, Duration time) {
    try {
      return end.await(time.toMillis(), java.util.concurrent.TimeUnit.MILLISECONDS);
    } catch (InterruptedException _) {
      return true;
    }
  }
}
