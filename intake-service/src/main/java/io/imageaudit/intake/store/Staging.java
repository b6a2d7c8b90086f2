package io.imageaudit.intake.store;

import io.imageaudit.model.ContentDigest;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.MessageDigest;
import java.time.Instant;

/**
 * Takes bytes in: writes them to a file while digesting them, never holding more than a buffer in
 * memory. The folder lies in the store, so that keeping a file is a rename.
 */
public final class Staging {

  private static final int BUFFER_BYTES = 64 << 10;

  private final Path folder;

  Staging(Path folder) {
    this.folder = folder;
  }

  /**
   * Writes everything that comes, and makes sure that it is on the disk.
   *
   * @param content read to its end, not closed
   * @param limit most bytes that may come
   * @throws ContentTooLargeException when more come; nothing stays behind
   * @throws IOException when reading or writing fails; nothing stays behind
   */
  public StagedContent receive(InputStream content, long limit) throws IOException {
    Path file = Files.createTempFile(folder, "in-", ".part");
    try {
      return write(file, content, limit);
    } catch (IOException | RuntimeException e) {
      Files.deleteIfExists(file);
      throw e;
    }
  }

  /**
   * Removes what a crash left behind: files last written before then.
   *
   * @return how many
   */
  public int sweep(Instant before) throws IOException {
    int removed = 0;
    try (DirectoryStream<Path> files = Files.newDirectoryStream(folder)) {
      for (Path file : files) {
        removed += sweep(file, before) ? 1 : 0;
      }
    }
    return removed;
  }

  private static boolean sweep(Path file, Instant before) throws IOException {
    try {
      return Files.getLastModifiedTime(file).toInstant().isBefore(before)
          && Files.deleteIfExists(file);
    } catch (NoSuchFileException _) {
      return false; // Whoever staged it was done with it meanwhile.
    }
  }

  private static StagedContent write(Path file, InputStream content, long limit)
      throws IOException {
    MessageDigest sha256 = ContentDigest.sha256();
    byte[] buffer = new byte[BUFFER_BYTES];
    long bytes = 0;
    try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
      // Whole buffers: a server hands out what came in small pieces.
      for (int read = fill(content, buffer); read > 0; read = fill(content, buffer)) {
        bytes += read;
        if (bytes > limit) {
          throw new ContentTooLargeException(limit);
        }
        sha256.update(buffer, 0, read);
        writeFully(channel, ByteBuffer.wrap(buffer, 0, read));
      }
      channel.force(true);
    }
    return new StagedContent(file, ContentDigest.of(sha256), bytes);
  }

  private static int fill(InputStream content, byte[] buffer) throws IOException {
    return content.readNBytes(buffer, 0, buffer.length);
  }

  private static void writeFully(FileChannel channel, ByteBuffer piece) throws IOException {
    while (piece.hasRemaining()) {
      channel.write(piece);
    }
  }
}
