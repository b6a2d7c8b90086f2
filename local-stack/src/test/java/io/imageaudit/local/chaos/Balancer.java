package io.imageaudit.local.chaos;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * One address in front of several processes of a service, as a Kubernetes Service is: each
 * connection goes to the next process in turn that takes it, and stays with it.
 */
final class Balancer implements AutoCloseable {

  private static final int BACKLOG = 1000;

  private final ServerSocket server;
  private final List<Integer> ports = new CopyOnWriteArrayList<>();
  private final AtomicInteger turn = new AtomicInteger();

  private Balancer(ServerSocket server) {
    this.server = server;
  }

  /** Takes connections from now on, and closes them while it has nobody to hand them to. */
  static Balancer start() throws IOException {
    Balancer balancer =
        new Balancer(new ServerSocket(0, BACKLOG, InetAddress.getLoopbackAddress()));
    Thread.ofPlatform().daemon().name("balancer").start(balancer::accept);
    return balancer;
  }

  String url() {
    return "http://127.0.0.1:" + server.getLocalPort();
  }

  void add(int port) {
    ports.add(port);
  }

  /** New connections go elsewhere. */
  void remove(int port) {
    ports.remove((Integer) port);
  }

  private void accept() {
    while (!server.isClosed()) {
      try {
        Socket client = server.accept();
        Thread.startVirtualThread(() -> serve(client));
      } catch (IOException _) {
        // Closed, or a client that has gone already.
      }
    }
  }

  private void serve(Socket client) {
    try (client;
        Socket service = connect()) {
      Thread back = Thread.startVirtualThread(() -> pump(service, client));
      pump(client, service);
      back.join();
    } catch (IOException _) {
      // Nobody takes it: the client sees a closed connection.
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
  }

  private Socket connect() throws IOException {
    int first = turn.getAndIncrement();
    List<Integer> now = List.copyOf(ports);
    for (int i = 0; i < now.size(); i++) {
      Socket socket = new Socket();
      try {
        int port = now.get(Math.floorMod(first + i, now.size()));
        socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
        return socket;
      } catch (IOException _) {
        socket.close();
      }
    }
    throw new IOException("no process of the service takes a connection");
  }

  /** Copies until one side ends, then ends both. */
  private static void pump(Socket from, Socket to) {
    try (from;
        to) {
      InputStream in = from.getInputStream();
      in.transferTo(to.getOutputStream());
    } catch (IOException _) {
      // The other direction ends with it.
    }
  }

  @Override
  public void close() throws IOException {
    server.close();
  }
}
