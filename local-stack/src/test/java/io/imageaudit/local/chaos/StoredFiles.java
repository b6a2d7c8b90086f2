package io.imageaudit.local.chaos;

import io.imageaudit.local.StackUnderTest;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Stream;

/** The files of intake's store, {@code <tenant>/<two digits>/<sha256>} and what is beside them. */
final class StoredFiles {

  private static final String PREVIEW = ".preview.jpg";

  private final Path directory;

  private StoredFiles(Path directory) {
    this.directory = directory;
  }

  static StoredFiles of(StackUnderTest stack) {
    return new StoredFiles(stack.folder().data("images"));
  }

  /** Digests under whose name there is no file, or one with other content. */
  List<String> missing(String tenant, List<String> digests) {
    return digests.stream()
        .filter(digest -> !digest.equals(digestOf(file(tenant, digest))))
        .toList();
  }

  private Path file(String tenant, String digest) {
    return directory.resolve(tenant).resolve(digest.substring(0, 2)).resolve(digest);
  }

  private static String digestOf(Path file) {
    try {
      if (!Files.isRegularFile(file)) {
        return "";
      }
      byte[] digest = MessageDigest.getInstance("SHA-256").digest(Files.readAllBytes(file));
      return HexFormat.of().formatHex(digest);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (NoSuchAlgorithmException e) {
      throw new AssertionError(e);
    }
  }

  /** Files that are neither the content nor the preview of one of these digests. */
  List<Path> strangers(List<String> digests) throws IOException {
    try (Stream<Path> all = Files.walk(directory)) {
      return all.filter(Files::isRegularFile)
          .filter(file -> !digests.contains(file.getFileName().toString().replace(PREVIEW, "")))
          .toList();
    }
  }

  /** Makes files look as if they had been written two hours ago. */
  static void age(List<Path> files) throws IOException {
    FileTime then = FileTime.from(Instant.now().minus(2, ChronoUnit.HOURS));
    for (Path file : files) {
      Files.setLastModifiedTime(file, then);
    }
  }
}
