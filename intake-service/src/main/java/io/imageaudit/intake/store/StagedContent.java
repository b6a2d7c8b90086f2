package io.imageaudit.intake.store;

import io.imageaudit.model.ContentDigest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Bytes that are on disk but not yet kept under their digest. Closing throws them away unless the
 * store has taken them over.
 *
 * @param file where they are
 * @param sha256 their digest
 * @param bytes how many
 */
public record StagedContent(Path file, ContentDigest sha256, long bytes) implements AutoCloseable {

  /** Removes the file, if it is still there. */
  @Override
  public void close() throws IOException {
    Files.deleteIfExists(file);
  }
}
