package io.imageaudit.modelserver;

import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.util.List;
import java.util.logging.Level;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Starts a model server from the command line; {@code --help} lists the flags. */
public final class ModelServerApplication {

  private static final Logger LOG = LoggerFactory.getLogger("model-server");
  private static final String BODY_SECONDS = "60";

  /** Reports each message that is too large, which its caller is told already, with a stack. */
  private static final java.util.logging.Logger GRPC_STREAMS =
      java.util.logging.Logger.getLogger("io.grpc.netty.shaded.io.grpc.netty.NettyServerStream");

  private ModelServerApplication() {}

  /** Runs until the process is told to end. */
  public static void main(String[] arguments) {
    List<String> flags = List.of(arguments);
    if (flags.contains("--help")) {
      System.out.print(CommandLine.USAGE);
      return;
    }
    GRPC_STREAMS.setLevel(Level.SEVERE);
    // A client that sends its request byte by byte must not keep a connection for ever.
    System.setProperty("sun.net.httpserver.maxReqTime", BODY_SECONDS);
    try {
      ModelServerSettings settings = new CommandLine(flags, System.getenv()).settings();
      ModelServer server = ModelServer.start(settings);
      Runtime.getRuntime().addShutdownHook(new Thread(() -> stop(server), "shutdown"));
      ready(server, settings);
    } catch (IllegalArgumentException | UncheckedIOException e) {
      LOG.error("Cannot start: {}", e.getMessage());
      System.exit(1);
    }
  }

  private static void ready(ModelServer server, ModelServerSettings settings) {
    if (settings.admin()) {
      LOG.warn("Faults can be switched by anyone who reaches the REST port (--admin true)");
    }
    LOG.info(
        "Ready after {} ms: gRPC {}:{}, REST {}:{}, models {}",
        System.currentTimeMillis() - ManagementFactory.getRuntimeMXBean().getStartTime(),
        settings.bind(),
        server.grpcPort(),
        settings.bind(),
        server.restPort(),
        server.models());
  }

  private static void stop(ModelServer server) {
    LOG.info("Stopping");
    server.close();
    LOG.info("Stopped");
  }
}
