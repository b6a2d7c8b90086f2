package io.imageaudit.benchmark;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** What a measurement stands on: a folder, real servers and programs, all gone at its end. */
public final class Bench implements AutoCloseable {

  private final Path root;
  private final Path folder;
  private final Deque<AutoCloseable> open = new ArrayDeque<>();

  private Bench(Path root, Path folder) {
    this.root = root;
    this.folder = folder;
  }

  /**
   * An empty bench.
   *
   * @param root of the checkout
   */
  static Bench in(Path root) throws IOException {
    Path folder = Files.createTempDirectory("image-audit-benchmark");
    Bench bench = new Bench(root, folder);
    bench.open.push(() -> delete(folder));
    return bench;
  }

  /** Of the checkout: samples, policies and the demonstration model lie in it. */
  public Path root() {
    return root;
  }

  /** Empty at the start, deleted at the end. */
  public Path folder() {
    return folder;
  }

  /** Takes something that is closed at the end, the last first. */
  public <T extends AutoCloseable> T keep(T closeable) {
    open.push(closeable);
    return closeable;
  }

  /** A real PostgreSQL and a real Kafka broker in a process of their own. */
  public Servers servers() throws IOException {
    return keep(Servers.start(folder));
  }

  /**
   * Starts one of the suite's programs from its packaged jar.
   *
   * @param module such as {@code gateway-service}
   * @param jvm options of the Java virtual machine, such as {@code -Xmx256m}
   * @param settings its configuration by property name; {@code server.port} is the one that answers
   */
  public Program program(String module, List<String> jvm, Map<String, Object> settings)
      throws IOException, InterruptedException {
    Map<String, Object> all = new LinkedHashMap<>(settings);
    return keep(Program.start(module, jar(module), jvm, all, folder));
  }

  private Path jar(String module) throws IOException {
    String name = module + "-[0-9.]+\\.jar";
    try (Stream<Path> files = Files.list(root.resolve(module).resolve("target"))) {
      return files
          .filter(file -> file.getFileName().toString().matches(name))
          .findFirst()
          .orElseThrow(() -> new IllegalStateException(module + ": not built"));
    }
  }

  private static void delete(Path folder) throws IOException {
    try (Stream<Path> files = Files.walk(folder)) {
      for (Path file : files.sorted((one, other) -> other.compareTo(one)).toList()) {
        Files.deleteIfExists(file);
      }
    }
  }

  @Override
  public void close() throws Exception {
    while (!open.isEmpty()) {
      open.pop().close();
    }
  }
}
