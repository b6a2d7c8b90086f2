package io.imageaudit.benchmark.worker;

import io.imageaudit.benchmark.Bench;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** The repository's model server in a process of its own. */
final class ServedModel implements AutoCloseable {

  private static final int STARTS_WITHIN_SECONDS = 60;

  private final Process process;
  private final int port;

  private ServedModel(Process process, int port) {
    this.process = process;
    this.port = port;
  }

  /**
   * Starts it.
   *
   * @param flags what it serves
   */
  static ServedModel start(Bench bench, List<String> flags)
      throws IOException, InterruptedException {
    Path log = Files.createTempFile(bench.folder(), "model-server", ".log");
    int port = freePort();
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of("-Xmx256m", "-XX:+UseSerialGC", "-jar"));
    command.add(bench.root().resolve("model-server/target/model-server-0.1.0.jar").toString());
    command.addAll(List.of("--grpc-port=" + port, "--rest-port=0"));
    command.addAll(flags);
    Process process =
        new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(log.toFile()).start();
    for (int tries = 0; !Files.readString(log).contains("Ready after"); tries++) {
      if (!process.isAlive() || tries > STARTS_WITHIN_SECONDS * 10) {
        process.destroyForcibly();
        throw new IOException("the model server did not start:\n" + Files.readString(log));
      }
      process.waitFor(100, TimeUnit.MILLISECONDS);
    }
    return bench.keep(new ServedModel(process, port));
  }

  /** Its address, {@code host:port}. */
  String endpoint() {
    return "127.0.0.1:" + port;
  }

  /** A port that nobody listened on a moment ago. */
  static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }

  @Override
  public void close() throws InterruptedException {
    process.destroy();
    if (!process.waitFor(10, TimeUnit.SECONDS)) {
      process.destroyForcibly().waitFor();
    }
  }
}
