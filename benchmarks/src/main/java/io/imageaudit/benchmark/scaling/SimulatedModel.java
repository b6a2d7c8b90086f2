package io.imageaudit.benchmark.scaling;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * The suite's model server with a model that takes its time and computes nothing: 45 ms for one
 * picture, 68 for 8, 82 for 16, give or take 8 %, on 8 executors.
 */
final class SimulatedModel implements AutoCloseable {

  /** Pictures per second that it can look at. */
  static final double CAPACITY = 8 * 16 / seconds(16);

  private static final String CURVE = "latency=1:45,8:68,16:82;jitter=0.08;executors=8";
  private static final long LONGEST_START = TimeUnit.SECONDS.toNanos(60);

  private final Process process;
  private final int port;

  private SimulatedModel(Process process, int port) {
    this.process = process;
    this.port = port;
  }

  static SimulatedModel start(Path root, Path folder) throws IOException, InterruptedException {
    int port = freePort();
    Process process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx256m",
                "-XX:+UseSerialGC",
                "--enable-native-access=ALL-UNNAMED",
                "--sun-misc-unsafe-memory-access=allow",
                "-jar",
                jar(root).toString(),
                "--simulate=" + CURVE,
                "--grpc-port=" + port,
                "--rest-port=" + freePort())
            .redirectErrorStream(true)
            .redirectOutput(folder.resolve("model-server.log").toFile())
            .start();
    SimulatedModel model = new SimulatedModel(process, port);
    model.awaitReady();
    return model;
  }

  private static Path jar(Path root) throws IOException {
    try (Stream<Path> files = Files.list(root.resolve("model-server/target"))) {
      return files
          .filter(file -> file.getFileName().toString().matches("model-server-[0-9.]+\\.jar"))
          .findFirst()
          .orElseThrow(() -> new IllegalStateException("model-server: not built"));
    }
  }

  /** How long it looks at a batch of 1 to 16, on average: linear between the points. */
  static double seconds(int batch) {
    double millis = batch <= 8 ? 45 + (batch - 1) * 23.0 / 7 : 68 + (batch - 8) * 14.0 / 8;
    return millis / 1000;
  }

  static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0)) {
      return socket.getLocalPort();
    }
  }

  private void awaitReady() throws IOException, InterruptedException {
    long end = System.nanoTime() + LONGEST_START;
    while (!listens()) {
      if (!process.isAlive() || System.nanoTime() > end) {
        close();
        throw new IOException("the model server did not start");
      }
      process.waitFor(100, TimeUnit.MILLISECONDS);
    }
  }

  private boolean listens() {
    try (Socket socket = new Socket()) {
      socket.connect(new InetSocketAddress("127.0.0.1", port), 1_000);
      return true;
    } catch (IOException _) {
      return false;
    }
  }

  String endpoint() {
    return "127.0.0.1:" + port;
  }

  @Override
  public void close() throws InterruptedException {
    process.destroy();
    process.waitFor();
  }
}
