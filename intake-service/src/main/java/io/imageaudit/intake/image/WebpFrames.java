package io.imageaudit.intake.image;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;

/**
 * Takes the frames of an animated WebP (RFC 9649, section 2.7) apart, each a picture file of its
 * own, so that a decoder can be given one after the other.
 */
final class WebpFrames {

  private static final int RIFF_BYTES = 12;
  private static final int CHUNK_HEADER = 8;
  private static final int FRAME_HEADER = 16;
  private static final int CANVAS_BYTES = 10;
  private static final int ALPHA = 0x10;

  private WebpFrames() {}

  /** Takes a frame. */
  @FunctionalInterface
  interface Reader {

    /**
     * Reads one frame.
     *
     * @param width pixels
     * @param height pixels
     * @param file the frame as a WebP file
     */
    void read(int width, int height, byte[] file);
  }

  /** Hands out each frame of a file whose chunks are known to reach to its end. */
  static void forEach(Bytes bytes, Reader reader) {
    long end = CHUNK_HEADER + bytes.u32le(4);
    for (long at = RIFF_BYTES; at + CHUNK_HEADER <= end; ) {
      long length = bytes.u32le(at + 4);
      if (bytes.has(at, "ANMF")) {
        frame(bytes.part(at + CHUNK_HEADER, length), reader);
      }
      at += CHUNK_HEADER + length + (length & 1);
    }
  }

  private static void frame(Bytes body, Reader reader) {
    int width = body.u24le(6) + 1;
    int height = body.u24le(9) + 1;
    Bytes picture = body.part(FRAME_HEADER, body.size() - (long) FRAME_HEADER);
    int canvas = picture.has(0, "ALPH") ? CHUNK_HEADER + CANVAS_BYTES : 0;
    // One copy: a frame may be a large part of what the heap has.
    ByteBuffer file =
        ByteBuffer.allocate(RIFF_BYTES + canvas + picture.size()).order(ByteOrder.LITTLE_ENDIAN);
    chunkHeader(file, "RIFF", 4 + canvas + picture.size());
    file.put(name("WEBP"));
    if (canvas > 0) {
      chunkHeader(file, "VP8X", CANVAS_BYTES);
      canvas(file, width, height);
    }
    file.put(picture.buffer(0, picture.size()));
    reader.read(width, height, file.array());
  }

  private static void canvas(ByteBuffer file, int width, int height) {
    file.putInt(ALPHA);
    file.putShort((short) (width - 1)).put((byte) ((width - 1) >> 16));
    file.putShort((short) (height - 1)).put((byte) ((height - 1) >> 16));
  }

  private static void chunkHeader(ByteBuffer file, String name, int length) {
    file.put(name(name)).putInt(length);
  }

  private static byte[] name(String name) {
    return name.getBytes(StandardCharsets.ISO_8859_1);
  }
}
