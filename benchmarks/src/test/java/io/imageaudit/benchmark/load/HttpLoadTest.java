package io.imageaudit.benchmark.load;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class HttpLoadTest {

  private final AtomicInteger heard = new AtomicInteger();
  private HttpServer server;

  @BeforeEach
  void start() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
    server.createContext(
        "/",
        exchange -> {
          byte[] body = exchange.getRequestBody().readAllBytes();
          heard.incrementAndGet();
          boolean chunked = exchange.getRequestURI().getPath().equals("/chunked");
          exchange.sendResponseHeaders(body.length == 2 ? 202 : 400, chunked ? 0 : 5);
          exchange.getResponseBody().write("done!".getBytes(StandardCharsets.US_ASCII));
          exchange.close();
        });
    server.start();
  }

  @AfterEach
  void stop() {
    server.stop(0);
  }

  @Test
  void a_closed_load_counts_every_answer_once() throws Exception {
    LoadResult result = load("/plain", "{}").closed(4, Duration.ofMillis(300));

    assertThat(result.statuses()).containsOnlyKeys(202);
    assertThat(result.statuses().get(202)).isEqualTo(heard.get()).isPositive();
    assertThat(result.latencies().getTotalCount()).isEqualTo(heard.get());
    assertThat(result.errors()).isZero();
  }

  @Test
  void an_open_load_sends_what_is_due_and_no_more() throws Exception {
    LoadResult result = load("/chunked", "{}").open(3, 100, Duration.ofMillis(500));

    assertThat(result.statuses()).containsExactly(Map.entry(202, 50L));
  }

  @Test
  void refusals_are_errors() throws Exception {
    LoadResult result = load("/plain", "").open(1, 100, Duration.ofMillis(100));

    assertThat(result.errors()).isEqualTo(10);
  }

  @Test
  void a_server_that_is_not_there_gives_faults_not_answers() throws Exception {
    HttpLoad load = load("/plain", "{}");
    server.stop(0);

    LoadResult result = load.open(1, 100, Duration.ofMillis(100));

    assertThat(result.faults()).isEqualTo(10);
    assertThat(result.statuses()).isEmpty();
  }

  private HttpLoad load(String target, String body) {
    byte[] request =
        HttpLoad.request("POST", target, Map.of(), body.getBytes(StandardCharsets.US_ASCII));
    return new HttpLoad(server.getAddress(), _ -> request);
  }
}
