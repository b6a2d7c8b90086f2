package io.imageaudit.local.process;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.OptionalLong;
import java.util.stream.Stream;

/**
 * Memory that a process and its children hold, from {@code /proc}: pages that several processes
 * share are counted in shares (PSS), so that sums are true.
 */
public final class ResidentMemory {

  private ResidentMemory() {}

  /** Bytes; empty where the system does not tell. */
  public static OptionalLong of(ProcessHandle process) {
    return Stream.concat(Stream.of(process), process.descendants())
        .map(ResidentMemory::ofOne)
        .filter(OptionalLong::isPresent)
        .mapToLong(OptionalLong::getAsLong)
        .reduce(Long::sum);
  }

  private static OptionalLong ofOne(ProcessHandle process) {
    Path file = Path.of("/proc", Long.toString(process.pid()), "smaps_rollup");
    if (!Files.isReadable(file)) {
      return OptionalLong.empty();
    }
    try (Stream<String> lines = Files.lines(file)) {
      return lines
          .filter(line -> line.startsWith("Pss:"))
          .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")) << 10)
          .findFirst();
    } catch (IOException | java.io.UncheckedIOException _) {
      return OptionalLong.empty();
    }
  }
}
