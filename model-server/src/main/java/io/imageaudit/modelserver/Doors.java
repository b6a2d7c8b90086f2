package io.imageaudit.modelserver;

import io.grpc.BindableService;
import io.grpc.Server;
import io.grpc.ServerServiceDefinition;
import io.grpc.netty.shaded.io.grpc.netty.NettyServerBuilder;
import io.grpc.protobuf.services.HealthStatusManager;
import io.imageaudit.modelserver.rest.RestListener;
import io.imageaudit.modelserver.rest.RestRoute;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/** The two ports. They can be closed and opened again on the same numbers. */
final class Doors implements AutoCloseable {

  private static final int FLOW_CONTROL_WINDOW = 8 << 20;
  private static final long GRACE_MILLIS = 1_000;

  private final ModelServerSettings settings;
  private final List<ServerServiceDefinition> services;
  private final List<RestRoute> routes;
  private final BooleanSupplier refusing;

  private @Nullable Server grpc;
  private @Nullable ExecutorService grpcThreads;
  private @Nullable RestListener rest;
  private int grpcPort;
  private int restPort;

  /** Ports that are still closed. */
  Doors(
      ModelServerSettings settings,
      List<ServerServiceDefinition> services,
      List<RestRoute> routes,
      BooleanSupplier refusing) {
    this.settings = settings;
    this.services = List.copyOf(services);
    this.routes = List.copyOf(routes);
    this.refusing = refusing;
    this.grpcPort = settings.grpcPort();
    this.restPort = settings.restPort();
  }

  /**
   * Opens what is closed.
   *
   * @throws UncheckedIOException naming the port that is taken
   */
  synchronized void open() {
    try {
      if (grpc == null) {
        grpc = openGrpc();
        grpcPort = grpc.getPort();
      }
    } catch (IOException e) {
      throw taken("gRPC", grpcPort, e);
    }
    try {
      if (rest == null) {
        InetSocketAddress address = new InetSocketAddress(settings.bind(), restPort);
        rest = new RestListener(address, routes, settings.maxMessageBytes(), refusing);
        restPort = rest.port();
      }
    } catch (IOException e) {
      throw taken("REST", restPort, e);
    }
  }

  /**
   * Closes the ports and all connections; the HTTP port stays where faults are switched over it.
   */
  synchronized void refuse() {
    closeGrpc(0);
    if (!settings.admin()) {
      closeRest();
    }
  }

  @Override
  public synchronized void close() {
    closeGrpc(GRACE_MILLIS);
    closeRest();
  }

  synchronized int grpcPort() {
    return grpcPort;
  }

  synchronized int restPort() {
    return restPort;
  }

  private Server openGrpc() throws IOException {
    // Calls wait for executors, which threads of the platform are too dear for.
    grpcThreads = Executors.newVirtualThreadPerTaskExecutor();
    NettyServerBuilder builder =
        NettyServerBuilder.forAddress(new InetSocketAddress(settings.bind(), grpcPort))
            .executor(grpcThreads)
            .flowControlWindow(FLOW_CONTROL_WINDOW)
            .maxInboundMessageSize(settings.maxMessageBytes())
            .permitKeepAliveTime(5, TimeUnit.SECONDS)
            .permitKeepAliveWithoutCalls(true);
    services.forEach(builder::addService);
    BindableService health = new HealthStatusManager().getHealthService();
    return builder.addService(health).build().start();
  }

  private void closeGrpc(long graceMillis) {
    Server server = grpc;
    ExecutorService threads = grpcThreads;
    if (server == null || threads == null) {
      return;
    }
    server.shutdown();
    await(server, graceMillis);
    server.shutdownNow();
    await(server, GRACE_MILLIS);
    threads.shutdownNow();
    grpc = null;
  }

  private void closeRest() {
    if (rest != null) {
      rest.close();
      rest = null;
    }
  }

  private static void await(Server server, long millis) {
    try {
      boolean _ = server.awaitTermination(millis, TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private UncheckedIOException taken(String protocol, int port, IOException cause) {
    close();
    return new UncheckedIOException(
        "%s port %s:%d cannot be opened: %s"
            .formatted(protocol, settings.bind(), port, cause.getMessage()),
        cause);
  }
}
