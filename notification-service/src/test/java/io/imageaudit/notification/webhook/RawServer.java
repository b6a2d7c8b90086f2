package io.imageaudit.notification.webhook;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** A server that answers with whatever bytes it likes, once the head of a request has come. */
final class RawServer implements AutoCloseable {

  private final ServerSocket socket;
  private final CountDownLatch closed = new CountDownLatch(1);

  /** What is done with a connection. */
  interface Behaviour {
    void answer(Socket socket, Stop stop) throws IOException, InterruptedException;
  }

  /** Whether the test is over. */
  interface Stop {
    /** Waits so long; true when the test is over. */
    boolean await(long millis) throws InterruptedException;
  }

  RawServer(Behaviour behaviour) throws IOException {
    socket = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    Thread.startVirtualThread(() -> accept(behaviour));
  }

  private void accept(Behaviour behaviour) {
    while (!socket.isClosed()) {
      try {
        Socket connection = socket.accept();
        Thread.startVirtualThread(() -> serve(connection, behaviour));
      } catch (IOException _) {
        return; // Closed: the test is over.
      }
    }
  }

  private void serve(Socket connection, Behaviour behaviour) {
    try (connection) {
      if (connection.getInputStream().read() >= 0) {
        behaviour.answer(connection, millis -> closed.await(millis, TimeUnit.MILLISECONDS));
      }
    } catch (IOException _) {
      // The client has had enough, which is what these tests are about.
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
  }

  URI url() {
    return URI.create("http://127.0.0.1:" + socket.getLocalPort() + "/hook");
  }

  @Override
  public void close() throws IOException {
    closed.countDown();
    socket.close();
  }
}
