package io.imageaudit.benchmark.delivery;

import java.io.BufferedInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.HdrHistogram.ConcurrentHistogram;
import org.HdrHistogram.Histogram;

/**
 * Receivers of callbacks on some ports. They answer 2xx or 500 at once, or never, and remember how
 * long after the end of its audit each message came for the first time.
 */
final class Receivers implements AutoCloseable {

  private static final String TIMESTAMP = "\"timestamp\":\"";
  private static final long HIGHEST_MICROS = Duration.ofMinutes(10).toMillis() * 1000;

  private final List<ServerSocket> servers = new ArrayList<>();
  private final Answer answer;
  private final Set<String> ids = ConcurrentHashMap.newKeySet();
  private final Histogram latencies = new ConcurrentHistogram(HIGHEST_MICROS, 3);

  /** What they answer. */
  enum Answer {
    OK("HTTP/1.1 204 No Content\r\n\r\n"),
    ERROR("HTTP/1.1 500 Broken\r\nContent-Length: 0\r\n\r\n"),
    NEVER("");

    private final String text;

    Answer(String text) {
      this.text = text;
    }
  }

  Receivers(int ports, Answer answer) throws IOException {
    this.answer = answer;
    for (int i = 0; i < ports; i++) {
      ServerSocket server = new ServerSocket(0, 1000, InetAddress.getLoopbackAddress());
      servers.add(server);
      Thread.ofPlatform().daemon().start(() -> accept(server));
    }
  }

  /** Address of the receiver with a number; neighbours lie on different ports. */
  String url(int number) {
    int port = servers.get(number % servers.size()).getLocalPort();
    return "http://127.0.0.1:" + port + "/receiver/" + number;
  }

  /** How many different messages have come. */
  int messages() {
    return ids.size();
  }

  /** How long each took, microseconds. */
  Histogram latencies() {
    return latencies.copy();
  }

  /** Forgets all that came. */
  void reset() {
    ids.clear();
    latencies.reset();
  }

  private void accept(ServerSocket server) {
    while (!server.isClosed()) {
      try {
        Socket socket = server.accept();
        socket.setTcpNoDelay(true);
        Thread.startVirtualThread(() -> serve(socket));
      } catch (IOException _) {
        return; // Closed: the measurement is over.
      }
    }
  }

  private void serve(Socket socket) {
    try (socket;
        InputStream in = new BufferedInputStream(socket.getInputStream(), 4096)) {
      OutputStream out = socket.getOutputStream();
      byte[] bytes = answer.text.getBytes(StandardCharsets.US_ASCII);
      while (true) {
        receive(in);
        out.write(bytes);
      }
    } catch (IOException _) {
      // The sender has closed the connection.
    }
  }

  private void receive(InputStream in) throws IOException {
    String id = "";
    int length = 0;
    line(in);
    for (String line = line(in); !line.isEmpty(); line = line(in)) {
      String header = line.toLowerCase(Locale.ROOT);
      if (header.startsWith("content-length:")) {
        length = Integer.parseInt(header.substring(15).strip());
      } else if (header.startsWith("webhook-id:")) {
        id = header.substring(11).strip();
      }
    }
    byte[] body = in.readNBytes(length);
    if (answer == Answer.OK && ids.add(id)) {
      remember(new String(body, 0, Math.min(body.length, 200), StandardCharsets.UTF_8));
    }
  }

  private void remember(String body) {
    int start = body.indexOf(TIMESTAMP);
    if (start >= 0) {
      int from = start + TIMESTAMP.length();
      Instant ended = Instant.parse(body.substring(from, body.indexOf('"', from)));
      long micros = Duration.between(ended, Instant.now()).toNanos() / 1000;
      latencies.recordValue(Math.clamp(micros, 0, HIGHEST_MICROS));
    }
  }

  private static String line(InputStream in) throws IOException {
    StringBuilder line = new StringBuilder(64);
    for (int c = in.read(); c != '\n'; c = in.read()) {
      if (c < 0) {
        throw new EOFException();
      }
      if (c != '\r') {
        line.append((char) c);
      }
    }
    return line.toString();
  }

  @Override
  public void close() throws IOException {
    for (ServerSocket server : servers) {
      server.close();
    }
  }
}
