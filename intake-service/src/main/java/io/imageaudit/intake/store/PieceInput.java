package io.imageaudit.intake.store;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;

/** Reads a piece of an open file without moving the file's position. */
final class PieceInput extends InputStream {

  private final FileChannel file;
  private long at;
  private final long end;

  PieceInput(FileChannel file, long from, long length) {
    this.file = file;
    this.at = from;
    this.end = from + length;
  }

  @Override
  public int read() throws IOException {
    byte[] one = new byte[1];
    return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
  }

  @Override
  public int read(byte[] buffer, int offset, int length) throws IOException {
    if (at >= end) {
      return -1;
    }
    int most = (int) Math.min(length, end - at);
    int read = file.read(ByteBuffer.wrap(buffer, offset, most), at);
    at += Math.max(read, 0);
    return read;
  }
}
