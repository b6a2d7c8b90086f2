package io.imageaudit.intake.image;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A table of attacks: how each ended, in what time, and how much memory the decoding process had at
 * most until then, on systems that tell.
 */
final class AttackReport {

  private static final String PEAK = "VmHWM:";
  private static final String RESET_PEAK = "5";

  private final List<String> rows = new ArrayList<>();

  synchronized void add(String attack, String outcome, Duration time) throws IOException {
    rows.add(
        "| %s | %s | %d | %s |"
            .formatted(attack, outcome, time.toMillis(), peakMegabytes().orElse("")));
  }

  void write(Path file) throws IOException {
    List<String> lines =
        new ArrayList<>(List.of("| attack | outcome | ms | decoder's peak, MiB |"));
    lines.add("|---|---|---|---|");
    rows.stream().sorted().forEach(lines::add);
    lines.add("");
    lines.add(rows.size() + " attacks.");
    Files.createDirectories(file.toAbsolutePath().getParent());
    Files.write(file, lines);
  }

  /** Since it was last asked for. */
  private static Optional<String> peakMegabytes() throws IOException {
    Optional<Path> decoder =
        ProcessHandle.current()
            .children()
            .map(child -> Path.of("/proc", String.valueOf(child.pid())))
            .filter(AttackReport::isDecoder)
            .findFirst();
    if (decoder.isEmpty()) {
      return Optional.empty();
    }
    Path facts = decoder.get();
    Optional<String> peak =
        Files.readAllLines(facts.resolve("status")).stream()
            .filter(line -> line.startsWith(PEAK))
            .map(line -> line.replaceAll("[^0-9]", ""))
            .map(kilobytes -> String.valueOf(Long.parseLong(kilobytes) >> 10))
            .findFirst();
    Files.writeString(facts.resolve("clear_refs"), RESET_PEAK);
    return peak;
  }

  /** The platform's own view of a command line is cut. */
  private static boolean isDecoder(Path process) {
    try {
      Path line = process.resolve("cmdline");
      return Files.isReadable(line)
          && Files.readString(line).contains(DecodingProcess.class.getName());
    } catch (IOException _) {
      return false; // It has ended.
    }
  }
}
