package io.imageaudit.notification.webhook;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.imageaudit.model.net.HostLookup;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** No receiver can make an attempt last longer than its total time, or take more than its share. */
class HostileReceiverTest {

  private static final Duration TOTAL = Sending.TOTAL;
  private static final byte[] CHUNK = "x".repeat(64 << 10).getBytes(StandardCharsets.US_ASCII);

  @Test
  void endless_headers_end_the_attempt() throws Exception {
    WebhookReply reply =
        against((socket, _) -> {
          OutputStream out = socket.getOutputStream();
          write(out, "HTTP/1.1 200 OK\r\n");
          while (true) {
            write(out, "X-More: and more\r\n");
          }
        });
    assertThat(reply).isInstanceOf(WebhookReply.Unreachable.class);
  }

  @Test
  void one_endless_header_line_ends_the_attempt() throws Exception {
    WebhookReply reply =
        against((socket, _) -> {
          OutputStream out = socket.getOutputStream();
          write(out, "HTTP/1.1 200 OK\r\nX-Long: ");
          while (true) {
            out.write(CHUNK);
          }
        });
    assertThat(reply).isInstanceOf(WebhookReply.Unreachable.class);
  }

  @Test
  void of_a_body_of_10_gigabytes_only_the_beginning_is_read() throws Exception {
    AtomicLong written = new AtomicLong();
    WebhookReply reply =
        against((socket, _) -> {
          OutputStream out = socket.getOutputStream();
          write(out, "HTTP/1.1 200 OK\r\nContent-Length: 10737418240\r\n\r\n");
          while (true) {
            out.write(CHUNK);
            written.addAndGet(CHUNK.length);
          }
        });
    assertThat(reply)
        .isInstanceOfSatisfying(
            WebhookReply.Answered.class,
            answer -> assertThat(answer.excerpt()).hasSizeLessThanOrEqualTo(4000));
    assertThat(written).hasValueLessThan(64 << 20);
  }

  @Test
  void a_gzip_bomb_is_not_unpacked() throws Exception {
    byte[] bomb = gzip(50 << 20);
    WebhookReply reply =
        against((socket, _) -> {
          OutputStream out = socket.getOutputStream();
          write(
              out,
              "HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\nContent-Length: "
                  + bomb.length
                  + "\r\n\r\n");
          out.write(bomb);
        });
    assertThat(reply)
        .isInstanceOfSatisfying(
            WebhookReply.Answered.class,
            answer -> assertThat(answer.excerpt()).doesNotContain("xxxxxxxxxx"));
  }

  @Test
  void a_connection_that_is_reset_in_the_body_is_told_as_broken() throws Exception {
    WebhookReply reply =
        against((socket, _) -> {
          write(socket.getOutputStream(), "HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\nhalf");
          socket.setSoLinger(true, 0);
        });
    assertThat(reply)
        .isInstanceOfSatisfying(
            WebhookReply.Unreachable.class,
            failure -> assertThat(failure.fault()).isEqualTo(WebhookReply.Fault.BROKEN_REPLY));
  }

  @Test
  void an_answer_that_ends_before_its_length_is_told_as_broken() throws Exception {
    WebhookReply reply =
        against((socket, _) ->
            write(socket.getOutputStream(), "HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\nhalf"));
    assertThat(reply)
        .isInstanceOfSatisfying(
            WebhookReply.Unreachable.class,
            failure -> assertThat(failure.fault()).isEqualTo(WebhookReply.Fault.BROKEN_REPLY));
  }

  @ParameterizedTest
  @ValueSource(strings = {"000 x", "-1 x", "99 x", "99999999999 x"})
  void a_status_that_there_is_not_is_told_as_broken(String status) throws Exception {
    WebhookReply reply =
        against((socket, _) ->
            write(
                socket.getOutputStream(), "HTTP/1.1 " + status + "\r\nContent-Length: 0\r\n\r\n"));
    assertThat(reply)
        .isInstanceOfSatisfying(
            WebhookReply.Unreachable.class,
            failure -> assertThat(failure.fault()).isEqualTo(WebhookReply.Fault.BROKEN_REPLY));
  }

  @Test
  void what_speaks_only_http_2_is_told_as_broken() throws Exception {
    WebhookReply reply =
        against(
            (socket, _) -> socket.getOutputStream().write(new byte[] {0, 0, 0, 4, 0, 0, 0, 0, 0}));
    assertThat(reply).isInstanceOf(WebhookReply.Unreachable.class);
  }

  @Test
  void what_accepts_and_never_answers_is_cut_off() throws Exception {
    long start = System.nanoTime();
    WebhookReply reply = against((_, stop) -> stop.await(60_000));
    assertThat(reply)
        .isInstanceOfSatisfying(
            WebhookReply.Unreachable.class,
            failure -> assertThat(failure.fault()).isEqualTo(WebhookReply.Fault.TIMEOUT));
    assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(TOTAL.multipliedBy(3));
  }

  @Test
  void plain_http_where_tls_is_promised_fails_the_handshake() throws Exception {
    try (RawServer server =
        new RawServer((socket, _) -> write(socket.getOutputStream(), "HTTP/1.1 200 OK\r\n\r\n"))) {
      URI tls = URI.create(server.url().toString().replace("http:", "https:"));
      assertThat(send(HostLookup.system(), true, tls))
          .isInstanceOfSatisfying(
              WebhookReply.Unreachable.class,
              failure -> assertThat(failure.fault()).isEqualTo(WebhookReply.Fault.TLS_FAILED));
    }
  }

  @Test
  void a_name_that_turns_to_this_machine_after_the_check_is_not_reached() throws Exception {
    AtomicInteger connections = new AtomicInteger();
    AtomicInteger lookups = new AtomicInteger();
    try (RawServer server = new RawServer((_, _) -> connections.incrementAndGet())) {
      HostLookup rebinding =
          _ ->
              List.of(
                  InetAddress.getByName(
                      lookups.incrementAndGet() == 1 ? "192.0.2.1" : "127.0.0.1"));
      URI url = URI.create("http://rebinding.example:" + server.url().getPort() + "/");
      for (int i = 0; i < 3; i++) {
        assertThat(send(rebinding, false, url)).isInstanceOf(WebhookReply.Refused.class);
      }
      assertThat(connections).hasValue(0);
    }
  }

  @ParameterizedTest
  @Execution(ExecutionMode.CONCURRENT)
  @ValueSource(
      strings = {
        "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n1;",
        "HTTP/1.1 200 OK\r\nX-Slow: ",
        "HTTP/1.1 ",
        ""
      })
  void what_drips_its_answer_is_cut_off(String beginning) throws Exception {
    WebhookReply reply =
        against((socket, stop) -> {
          OutputStream out = socket.getOutputStream();
          write(out, beginning);
          while (!stop.await(200)) {
            write(out, "x");
          }
        });
    assertThat(reply)
        .isInstanceOfSatisfying(
            WebhookReply.Unreachable.class,
            failure -> assertThat(failure.fault()).isEqualTo(WebhookReply.Fault.TIMEOUT));
  }

  @Test
  @Execution(ExecutionMode.CONCURRENT)
  void answers_that_only_promise_an_answer_end_the_attempt() throws Exception {
    WebhookReply reply =
        against((socket, stop) -> {
          while (!stop.await(1)) {
            write(socket.getOutputStream(), "HTTP/1.1 100 Continue\r\n\r\n");
          }
        });
    assertThat(reply).isInstanceOf(WebhookReply.Unreachable.class);
  }

  @Test
  @Execution(ExecutionMode.CONCURRENT)
  void what_takes_no_connection_is_cut_off() throws Exception {
    try (ServerSocket full = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      List<Socket> waiting = new ArrayList<>();
      for (int i = 0; i < 4; i++) {
        Socket socket = new Socket();
        waiting.add(socket);
        Thread.startVirtualThread(() -> connectQuietly(socket, full.getLocalSocketAddress()));
      }
      await().until(() -> waiting.stream().filter(Socket::isConnected).count() >= 2);
      URI url = URI.create("http://127.0.0.1:" + full.getLocalPort() + "/");
      assertThat(send(HostLookup.system(), true, url))
          .isInstanceOfSatisfying(
              WebhookReply.Unreachable.class,
              failure -> assertThat(failure.fault()).isEqualTo(WebhookReply.Fault.TIMEOUT));
      for (Socket socket : waiting) {
        socket.close();
      }
    }
  }

  private static void connectQuietly(Socket socket, SocketAddress address) {
    try {
      socket.connect(address, 60_000);
    } catch (IOException _) {
      // It waits in vain, as it should.
    }
  }

  @Test
  void a_connection_that_is_reset_at_once_is_told_as_broken() throws Exception {
    WebhookReply reply = against((socket, _) -> socket.setSoLinger(true, 0));
    assertThat(reply)
        .isInstanceOfSatisfying(
            WebhookReply.Unreachable.class,
            failure -> assertThat(failure.fault()).isEqualTo(WebhookReply.Fault.BROKEN_REPLY));
  }

  @ParameterizedTest
  @ValueSource(ints = {301, 302, 303, 307, 308})
  void a_redirect_to_a_metadata_service_is_an_answer_and_nothing_more(int status) throws Exception {
    List<String> looked = new CopyOnWriteArrayList<>();
    AtomicInteger connections = new AtomicInteger();
    HostLookup lookup =
        host -> {
          looked.add(host);
          return List.of(InetAddress.getLoopbackAddress());
        };
    try (RawServer server =
        new RawServer((socket, _) -> {
          connections.incrementAndGet();
          write(
              socket.getOutputStream(),
              "HTTP/1.1 "
                  + status
                  + " Moved\r\nLocation: http://169.254.169.254/latest/meta-data/\r\n"
                  + "Content-Length: 0\r\n\r\n");
        })) {
      URI url = URI.create("http://hook.example:" + server.url().getPort() + "/");
      assertThat(send(lookup, true, url))
          .isInstanceOfSatisfying(
              WebhookReply.Answered.class, answer -> assertThat(answer.status()).isEqualTo(status));
      assertThat(looked).containsExactly("hook.example");
      assertThat(connections).hasValue(1);
    }
  }

  @Test
  void a_domain_whose_lookups_stall_does_not_hold_up_the_names_of_others() throws Exception {
    CountDownLatch release = new CountDownLatch(1);
    HostLookup stalling =
        host -> {
          if (host.endsWith("stalled.example")) {
            awaitQuietly(release);
            throw new UnknownHostException(host);
          }
          return List.of(InetAddress.getLoopbackAddress());
        };
    try (RawServer server =
            new RawServer((socket, _) ->
                write(
                    socket.getOutputStream(),
                    "HTTP/1.1 200 OK\r\nContent-Length: 0\r\nConnection: close\r\n\r\n"));
        ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
        Sending sending =
            new Sending(
                new FairHostLookup(stalling, Sending.LOOKUPS, InstantSource.system()), true)) {
      List<Future<WebhookReply>> stalled = new ArrayList<>();
      for (int i = 0; i < 1000; i++) {
        URI url = URI.create("http://n" + i + ".stalled.example/");
        stalled.add(threads.submit(() -> sending.send(url)));
      }
      URI healthy = URI.create("http://healthy.example.com:" + server.url().getPort() + "/");
      for (int i = 0; i < 20; i++) {
        assertThat(sending.send(healthy)).isInstanceOf(WebhookReply.Answered.class);
      }
      for (Future<WebhookReply> one : stalled) {
        assertThat(one.get(30, TimeUnit.SECONDS)).isInstanceOf(WebhookReply.Unreachable.class);
      }
      release.countDown();
    }
  }

  @Test
  void a_thousand_stalled_lookups_do_not_hold_up_the_others() throws Exception {
    CountDownLatch release = new CountDownLatch(1);
    HostLookup stalling =
        host -> {
          if (host.startsWith("stalled")) {
            awaitQuietly(release);
            throw new UnknownHostException(host);
          }
          return List.of(InetAddress.getLoopbackAddress());
        };
    try (RawServer server =
            new RawServer((socket, _) ->
                write(
                    socket.getOutputStream(),
                    "HTTP/1.1 200 OK\r\nContent-Length: 0\r\nConnection: close\r\n\r\n"));
        ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
        Sending sending = new Sending(stalling, true)) {
      List<Future<WebhookReply>> stalled = new ArrayList<>();
      for (int i = 0; i < 1000; i++) {
        URI url = URI.create("http://stalled" + i + ".example/");
        stalled.add(threads.submit(() -> sending.send(url)));
      }
      long start = System.nanoTime();
      WebhookReply reply = sending.send(server.url());
      assertThat(reply).isInstanceOf(WebhookReply.Answered.class);
      assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(3));
      for (Future<WebhookReply> one : stalled) {
        assertThat(one.get(30, TimeUnit.SECONDS)).isInstanceOf(WebhookReply.Unreachable.class);
      }
      release.countDown();
    }
  }

  private static void awaitQuietly(CountDownLatch latch) {
    try {
      latch.await(60, TimeUnit.SECONDS);
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
  }

  private static WebhookReply against(RawServer.Behaviour behaviour) throws IOException {
    try (RawServer server = new RawServer(behaviour)) {
      return send(HostLookup.system(), true, server.url());
    }
  }

  private static WebhookReply send(HostLookup lookup, boolean allowLoopback, URI url)
      throws IOException {
    try (Sending sending = new Sending(lookup, allowLoopback)) {
      return sending.send(url);
    }
  }

  private static void write(OutputStream out, String text) throws IOException {
    out.write(text.getBytes(StandardCharsets.US_ASCII));
    out.flush();
  }

  private static byte[] gzip(int bytes) throws IOException {
    ByteArrayOutputStream packed = new ByteArrayOutputStream();
    try (GZIPOutputStream gzip = new GZIPOutputStream(packed)) {
      for (int i = 0; i < bytes; i += CHUNK.length) {
        gzip.write(CHUNK);
      }
    }
    return packed.toByteArray();
  }
}
