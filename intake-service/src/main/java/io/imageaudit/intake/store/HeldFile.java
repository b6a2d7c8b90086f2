package io.imageaudit.intake.store;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Kept content as a file for a reader, who must not change it. Closing gives it back: a copy that
 * was made for the reader is removed.
 *
 * @param file where the content can be read
 * @param copied whether the file is the reader's own copy
 */
public record HeldFile(Path file, boolean copied) implements AutoCloseable {

  /** Removes the reader's own copy. */
  @Override
  public void close() throws IOException {
    if (copied) {
      Files.deleteIfExists(file);
    }
  }
}
