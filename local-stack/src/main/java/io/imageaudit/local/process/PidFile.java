package io.imageaudit.local.process;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * A file that holds the id of a running process, written right after its start.
 *
 * <p>Ids are given again to other processes. A process that started after the file was written is
 * such a stranger and is never reported, so that nobody stops it.
 *
 * @param file the file
 */
public record PidFile(Path file) {

  /** Times of processes and of files are rounded differently. */
  private static final Duration ROUNDING = Duration.ofMillis(1500);

  /** Notes a process that has just started. */
  public void write(ProcessHandle process) throws IOException {
    Files.writeString(file, process.pid() + "\n");
  }

  /** Forgets the process. */
  public void delete() throws IOException {
    Files.deleteIfExists(file);
  }

  /** The process, if it still runs. */
  public Optional<ProcessHandle> live() {
    try {
      if (!Files.exists(file)) {
        return Optional.empty();
      }
      long pid = Long.parseLong(Files.readString(file).strip());
      Instant written = Files.getLastModifiedTime(file).toInstant();
      return ProcessHandle.of(pid)
          .filter(ProcessHandle::isAlive)
          .filter(process -> startedBy(process, written.plus(ROUNDING)));
    } catch (IOException | NumberFormatException _) {
      return Optional.empty();
    }
  }

  private static boolean startedBy(ProcessHandle process, Instant latest) {
    return process.info().startInstant().filter(start -> !start.isAfter(latest)).isPresent();
  }
}
