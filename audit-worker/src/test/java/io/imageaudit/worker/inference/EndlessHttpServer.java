package io.imageaudit.worker.inference;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.concurrent.CountDownLatch;

/** An HTTP server on a real port that begins its only answer and never comes to the end of it. */
final class EndlessHttpServer implements AutoCloseable {

  private final ServerSocket socket;
  private final boolean dripping;
  private final CountDownLatch left = new CountDownLatch(1);

  /**
   * Starts it.
   *
   * @param dripping whether a byte comes now and then, or none at all
   */
  EndlessHttpServer(boolean dripping) {
    this.dripping = dripping;
    try {
      socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    Thread.ofVirtual().start(this::serve);
  }

  String url() {
    return "http://127.0.0.1:" + socket.getLocalPort();
  }

  /** Whether the client has closed the connection. */
  boolean isLeft() {
    return left.getCount() == 0;
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }

  private void serve() {
    try (Socket client = socket.accept()) {
      OutputStream out = client.getOutputStream();
      out.write("HTTP/1.1 200 OK\r\nContent-Length: 1000000\r\n\r\n{".getBytes(US_ASCII));
      out.flush();
      if (dripping) {
        Thread.ofVirtual().start(() -> drip(out));
      }
      client.getInputStream().transferTo(OutputStream.nullOutputStream());
    } catch (IOException _) {
      // A connection that is reset is as closed as one that ended.
    }
    left.countDown();
  }

  private static void drip(OutputStream out) {
    try {
      while (true) {
        out.write(' ');
        out.flush();
        Thread.sleep(10);
      }
    } catch (IOException | InterruptedException _) {
      Thread.currentThread().interrupt(); // Nobody listens any more.
    }
  }
}
