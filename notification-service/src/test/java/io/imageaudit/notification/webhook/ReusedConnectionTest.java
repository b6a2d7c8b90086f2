package io.imageaudit.notification.webhook;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/**
 * A receiver may close a connection whenever it likes, also at the moment when it is used again.
 */
class ReusedConnectionTest {

  private static final String OK = "HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n";

  private final List<String> requests = new CopyOnWriteArrayList<>();
  private final AtomicInteger connections = new AtomicInteger();

  @Test
  void a_receiver_that_closes_after_each_answer_without_saying_so_is_told_each_time()
      throws Exception {
    try (RawServer server = new RawServer((socket, _) -> answerNext(socket, OK));
        Sending sending = Sending.withConnections(64)) {
      for (int i = 0; i < 50; i++) {
        assertThat(sending.send(server.url())).isInstanceOf(WebhookReply.Answered.class);
      }
      assertThat(requests).hasSize(50);
    }
  }

  @Test
  void many_connections_that_were_closed_at_a_time_cost_no_attempt() throws Exception {
    try (RawServer server = new RawServer((socket, _) -> answerNext(socket, OK));
        Sending sending = Sending.withConnections(64);
        ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      for (int round = 0; round < 5; round++) {
        List<Future<WebhookReply>> replies = new ArrayList<>();
        for (int i = 0; i < 32; i++) {
          replies.add(threads.submit(() -> sending.send(server.url())));
        }
        for (Future<WebhookReply> reply : replies) {
          assertThat(reply.get()).isInstanceOf(WebhookReply.Answered.class);
        }
      }
    }
  }

  @Test
  void one_that_resets_a_used_connection_is_sent_the_same_once_more() throws Exception {
    try (RawServer server =
            new RawServer((socket, _) -> {
              connections.incrementAndGet();
              answerNext(socket, OK);
              nextRequest(socket);
              socket.setSoLinger(true, 0);
            });
        Sending sending = Sending.withConnections(64)) {
      assertThat(sending.send(server.url())).isInstanceOf(WebhookReply.Answered.class);
      assertThat(sending.send(server.url())).isInstanceOf(WebhookReply.Answered.class);
      assertThat(connections).hasValue(2);
      assertThat(requests).hasSize(3);
      assertThat(requests.get(2)).isEqualTo(requests.get(1)).contains("webhook-signature");
    }
  }

  @Test
  void one_that_breaks_off_its_answer_on_a_used_connection_is_sent_nothing_more() throws Exception {
    try (RawServer server =
            new RawServer((socket, _) -> {
              answerNext(socket, OK);
              answerNext(socket, "HTTP/1.1 2");
            });
        Sending sending = Sending.withConnections(64)) {
      assertThat(sending.send(server.url())).isInstanceOf(WebhookReply.Answered.class);
      assertThat(sending.send(server.url())).isInstanceOf(WebhookReply.Unreachable.class);
      assertThat(requests).hasSize(2);
    }
  }

  @Test
  void one_that_resets_a_fresh_connection_is_sent_nothing_more() throws Exception {
    try (RawServer server =
            new RawServer((socket, _) -> {
              nextRequest(socket);
              socket.setSoLinger(true, 0);
            });
        Sending sending = Sending.withConnections(64)) {
      assertThat(sending.send(server.url())).isInstanceOf(WebhookReply.Unreachable.class);
      assertThat(requests).hasSize(1);
    }
  }

  @Test
  void what_finds_no_free_connection_is_not_sent_and_no_failure_of_the_receiver() throws Exception {
    try (RawServer server =
            new RawServer((socket, stop) -> {
              connections.incrementAndGet();
              stop.await(60_000);
            });
        Sending sending = Sending.withConnections(1);
        ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      URI url = server.url();
      List<Future<WebhookReply>> replies =
          List.of(threads.submit(() -> sending.send(url)), threads.submit(() -> sending.send(url)));
      List<WebhookReply.Fault> faults = new ArrayList<>();
      for (Future<WebhookReply> reply : replies) {
        faults.add(((WebhookReply.Unreachable) reply.get()).fault());
      }
      assertThat(faults)
          .containsExactlyInAnyOrder(
              WebhookReply.Fault.TIMEOUT, WebhookReply.Fault.NO_CONNECTION_FREE);
      assertThat(connections).hasValue(1);
    }
  }

  private void answerNext(Socket socket, String answer) throws IOException {
    nextRequest(socket);
    socket.getOutputStream().write(answer.getBytes(StandardCharsets.US_ASCII));
  }

  /** Reads a whole request. The server has read the first byte of the first one. */
  private void nextRequest(Socket socket) throws IOException {
    InputStream in = socket.getInputStream();
    StringBuilder request = new StringBuilder();
    while (!request.toString().endsWith("\r\n\r\n{}")) {
      int next = in.read();
      if (next < 0) {
        throw new IOException("closed");
      }
      request.append((char) next);
    }
    requests.add(request.toString().replaceFirst("^P?OST", "POST"));
  }
}
