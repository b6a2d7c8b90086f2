package io.imageaudit.local.layout;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/**
 * The folder that holds everything that a running stack writes.
 *
 * @param home such as {@code .local-stack}
 * @param cache what is unpacked from the build and can be made again
 */
public record StackFolder(Path home, Path cache) {

  /** Makes the addresses absolute. */
  public StackFolder {
    home = home.toAbsolutePath().normalize();
    cache = cache.toAbsolutePath().normalize();
  }

  /** Creates what is missing. */
  public void create() throws IOException {
    for (Path folder : List.of(home.resolve("data"), home.resolve("logs"), run(), cache)) {
      Files.createDirectories(folder);
    }
  }

  /** Deletes data, logs and secrets; what is unpacked from the build stays. */
  public void clean() throws IOException {
    for (String name : List.of("data", "logs", "env", "secrets")) {
      delete(home.resolve(name));
    }
    create();
  }

  /** Deletes a file or folder with all that is in it; nothing when there is none. */
  public static void delete(Path path) throws IOException {
    if (!Files.exists(path)) {
      return;
    }
    try (Stream<Path> all = Files.walk(path)) {
      for (Path each : all.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(each);
      }
    }
  }

  /** Where a part keeps its data. */
  public Path data(String name) {
    return home.resolve("data").resolve(name);
  }

  /** What a part prints. */
  public Path log(PartName part) {
    return home.resolve("logs").resolve(part.text() + ".log");
  }

  /** Which process a part is. */
  public Path pidFile(PartName part) {
    return run().resolve(part.text() + ".pid");
  }

  /** Which process starts and watches all parts. */
  public Path launcherPidFile() {
    return run().resolve("launcher.pid");
  }

  /** Held by the running launcher. */
  public Path lock() {
    return run().resolve("lock");
  }

  /** How to reach the running launcher. */
  public Path control() {
    return run().resolve("control");
  }

  /** What exists only while the stack runs. */
  public Path run() {
    return home.resolve("run");
  }

  /** For shells: addresses and credentials. */
  public Path env() {
    return home.resolve("env");
  }

  /** All secrets, kept over restarts. */
  public Path secrets() {
    return home.resolve("secrets");
  }
}
