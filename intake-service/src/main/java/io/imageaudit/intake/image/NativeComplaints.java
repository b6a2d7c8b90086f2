package io.imageaudit.intake.image;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.function.Supplier;

/**
 * What decoders write to the standard error of their process, which is a file. They patch a picture
 * that stops early with grey and call it decoded; this is the only place where they say so.
 */
final class NativeComplaints implements Supplier<String> {

  private static final int MOST = 4096;

  private final FileChannel file;

  private NativeComplaints(FileChannel file) {
    this.file = file;
  }

  /**
   * Takes the file over: it loses its name, and is gone with this process.
   *
   * @throws IOException when there is no such file
   */
  static NativeComplaints in(Path file) throws IOException {
    FileChannel open = FileChannel.open(file, StandardOpenOption.READ, StandardOpenOption.WRITE);
    Files.delete(file);
    return new NativeComplaints(open);
  }

  /** The first of what was written since it was last asked for; all of it is forgotten. */
  @Override
  public String get() {
    try {
      if (file.size() == 0) {
        return "";
      }
      ByteBuffer said = ByteBuffer.allocate(MOST);
      file.read(said, 0);
      file.truncate(0);
      return new String(said.array(), 0, said.position(), StandardCharsets.ISO_8859_1);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
