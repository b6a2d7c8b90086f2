package io.imageaudit.intake.image;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;

/** Bytes of a file under judgement: every read past the end says that the image is incomplete. */
final class Bytes {

  private static final long EACH = 0x0101_0101_0101_0101L;
  private static final long HIGHEST = 0x8080_8080_8080_8080L;

  private final ByteBuffer content;

  Bytes(ByteBuffer content) {
    this.content = content.duplicate().order(ByteOrder.BIG_ENDIAN);
  }

  /** A file's content, mapped for as long as the arena is open. */
  static Bytes of(FileChannel channel, long bytes, Arena arena) throws IOException {
    return new Bytes(channel.map(FileChannel.MapMode.READ_ONLY, 0, bytes, arena).asByteBuffer());
  }

  int size() {
    return content.limit();
  }

  int u8(long at) {
    return content.get(index(at, 1)) & 0xff;
  }

  int u16(long at) {
    return content.getShort(index(at, 2)) & 0xffff;
  }

  int u16le(long at) {
    return Short.reverseBytes(content.getShort(index(at, 2))) & 0xffff;
  }

  int u24le(long at) {
    return u16le(at) | u8(at + 2) << 16;
  }

  long u32(long at) {
    return content.getInt(index(at, 4)) & 0xffff_ffffL;
  }

  long u32le(long at) {
    return Integer.reverseBytes(content.getInt(index(at, 4))) & 0xffff_ffffL;
  }

  /**
   * The first place from there on at which a byte has all of its bits, or the end of the file.
   * Eight bytes are looked at together: most files are mostly made of others.
   */
  long findFull(long from) {
    int at = index(from, 0);
    while (at + Long.BYTES <= size()) {
      long zeroWhereFull = ~content.getLong(at);
      if (((zeroWhereFull - EACH) & ~zeroWhereFull & HIGHEST) != 0) {
        break;
      }
      at += Long.BYTES;
    }
    while (at < size() && content.get(at) != -1) {
      at++;
    }
    return at;
  }

  /** Whether the file has these Latin-1 characters there. */
  boolean has(long at, String text) {
    byte[] expected = text.getBytes(StandardCharsets.ISO_8859_1);
    if (at < 0 || at + expected.length > size()) {
      return false;
    }
    for (int i = 0; i < expected.length; i++) {
      if (content.get((int) at + i) != expected[i]) {
        return false;
      }
    }
    return true;
  }

  /** So many Latin-1 characters. */
  String text(long at, int length) {
    byte[] text = new byte[length];
    content.get(index(at, length), text);
    return new String(text, StandardCharsets.ISO_8859_1);
  }

  /** A part of the file as a file of its own. */
  Bytes part(long at, long length) {
    return new Bytes(content.slice(index(at, length), (int) length));
  }

  ByteBuffer buffer(long at, long length) {
    return content.slice(index(at, length), (int) length);
  }

  /** Checks that the range lies in the file. */
  private int index(long at, long length) {
    if (at < 0 || length < 0 || at + length > size()) {
      throw ImageFaultException.corrupt("it ends too early");
    }
    return (int) at;
  }
}
