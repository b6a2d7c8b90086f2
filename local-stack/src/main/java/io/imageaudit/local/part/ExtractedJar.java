package io.imageaudit.local.part;

import io.imageaudit.local.layout.StackFolder;
import io.imageaudit.local.process.Children;
import io.imageaudit.local.process.ProcessSpec;
import io.imageaudit.local.process.Programs;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/**
 * A service's jar laid out as a plain jar beside its libraries, which starts faster than the one
 * file that the build makes. Laid out again when the build's file has changed.
 */
final class ExtractedJar {

  private final Path jar;
  private final Path cache;
  private final Path folder;

  ExtractedJar(Path jar, StackFolder folder) {
    this.jar = jar;
    this.cache = folder.cache();
    this.folder = cache.resolve(nameOf(jar));
  }

  private static String nameOf(Path jar) {
    try {
      return "%s-%x-%x"
          .formatted(
              jar.getFileName().toString().replace(".jar", ""),
              Files.getLastModifiedTime(jar).toMillis(),
              Files.size(jar));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Lays it out, if that is still to do; {@code folder} appears when it is complete. */
  void extract(Children children, Path log, Path pidFile) throws IOException {
    if (Files.isDirectory(folder)) {
      return;
    }
    Path partial = folder.resolveSibling(folder.getFileName() + ".part");
    StackFolder.delete(partial);
    children.run(
        new ProcessSpec(
            List.of(
                Programs.java().toString(),
                "-XX:TieredStopAtLevel=1",
                "-XX:+UseSerialGC",
                "-Djarmode=tools",
                "-jar",
                jar.toString(),
                "extract",
                "--destination",
                partial.toString()),
            Map.of(),
            cache,
            log,
            pidFile));
    Files.move(partial, folder);
    deleteOlder();
  }

  private void deleteOlder() throws IOException {
    String module = jar.getFileName().toString().replace(".jar", "") + "-";
    try (var all = Files.list(cache)) {
      for (Path each : all.toList()) {
        if (each.getFileName().toString().startsWith(module) && !each.equals(folder)) {
          StackFolder.delete(each);
        }
      }
    }
  }

  /** The jar to run. */
  Path program() {
    return folder.resolve(jar.getFileName());
  }
}
