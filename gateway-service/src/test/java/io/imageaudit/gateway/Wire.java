package io.imageaudit.gateway;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.locks.LockSupport;

/** A wire to a server that can be cut, or carry nothing while it looks whole. */
final class Wire {

  private enum State {
    WHOLE,
    SILENT,
    CUT
  }

  private final InetSocketAddress server;
  private final ServerSocket near;
  private final Queue<Socket> open = new ConcurrentLinkedQueue<>();
  private volatile State state = State.WHOLE;

  Wire(String host, int port) {
    server = new InetSocketAddress(host, port);
    try {
      near = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    Thread.ofVirtual().start(this::accept);
  }

  int port() {
    return near.getLocalPort();
  }

  void cut() {
    state = State.CUT;
    for (Socket socket = open.poll(); socket != null; socket = open.poll()) {
      close(socket);
    }
  }

  void silence() {
    state = State.SILENT;
  }

  void mend() {
    state = State.WHOLE;
  }

  private void accept() {
    while (true) {
      try {
        Socket client = near.accept();
        if (state == State.CUT) {
          client.close();
          continue;
        }
        Socket far = new Socket(server.getAddress(), server.getPort());
        open.add(client);
        open.add(far);
        carry(client, far);
        carry(far, client);
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }

  private void carry(Socket from, Socket to) {
    Thread.ofVirtual()
        .start(() -> {
          try (from;
              to) {
            InputStream in = from.getInputStream();
            OutputStream out = to.getOutputStream();
            byte[] buffer = new byte[8192];
            for (int count; (count = in.read(buffer)) >= 0; ) {
              while (state == State.SILENT) {
                LockSupport.parkNanos(1_000_000);
              }
              out.write(buffer, 0, count);
            }
          } catch (IOException _) {
            // One side has gone; the other is closed, too.
          }
        });
  }

  private static void close(Socket socket) {
    try {
      socket.close();
    } catch (IOException _) {
      // It has gone already.
    }
  }
}
