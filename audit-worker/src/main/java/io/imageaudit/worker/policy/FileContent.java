package io.imageaudit.worker.policy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/** What a look at a policy's file showed; two looks can be compared. */
sealed interface FileContent {

  /** The largest file that is read, bytes. */
  long MOST_BYTES = 1 << 20;

  /** There is no file. */
  record Gone() implements FileContent {}

  /** The file is larger than any policy. */
  record TooLarge() implements FileContent {}

  /**
   * The file was read.
   *
   * @param each its bytes, one a character
   */
  record Read(String each) implements FileContent {

    byte[] bytes() {
      return each.getBytes(StandardCharsets.ISO_8859_1);
    }
  }

  /** Looks at a file that is there. */
  static FileContent of(Path file) throws IOException {
    return Files.size(file) > MOST_BYTES
        ? new TooLarge()
        : new Read(new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1));
  }
}
