package io.imageaudit.local.layout;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The project's folder, and what the build has put there.
 *
 * @param root the folder with the modules
 */
public record Checkout(Path root) {

  /** Makes the address absolute. */
  public Checkout {
    root = root.toAbsolutePath().normalize();
  }

  /**
   * The packaged jar of a module.
   *
   * @throws IllegalStateException when it is not built
   */
  public Path jar(String module) {
    return in(target(module), module + "-", ".jar").stream()
        .filter(jar -> !jar.getFileName().toString().matches(".*-(sources|javadoc|tests)\\.jar"))
        .max(Comparator.comparing(Path::toString))
        .orElseThrow(() -> notBuilt(module));
  }

  /** The libraries beside this module's jar: PostgreSQL's and Kafka's programs are among them. */
  public List<Path> libraries() {
    List<Path> jars = in(target("local-stack").resolve("lib"), "", ".jar");
    if (jars.isEmpty()) {
      throw notBuilt("local-stack");
    }
    return jars;
  }

  /** One library. */
  public Path library(String prefix) {
    Optional<Path> found =
        libraries().stream()
            .filter(jar -> jar.getFileName().toString().startsWith(prefix))
            .findFirst();
    return found.orElseThrow(() -> notBuilt("local-stack"));
  }

  private Path target(String module) {
    return root.resolve(module).resolve("target");
  }

  private static IllegalStateException notBuilt(String module) {
    return new IllegalStateException(
        module + " is not built: run mvn -Pfast -DskipTests package first");
  }

  private static List<Path> in(Path folder, String prefix, String suffix) {
    if (!Files.isDirectory(folder)) {
      return List.of();
    }
    try (Stream<Path> files = Files.list(folder)) {
      return files
          .filter(file -> file.getFileName().toString().startsWith(prefix))
          .filter(file -> file.getFileName().toString().endsWith(suffix))
          .sorted()
          .toList();
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }
}
