package io.imageaudit.intake.image;

/**
 * Reads the blocks of a GIF file (GIF89a specification) to its trailer, counting the frames and
 * their time.
 */
final class GifHeader {

  private static final int EXTENSION = 0x21;
  private static final int GRAPHIC_CONTROL = 0xf9;
  private static final int IMAGE = 0x2c;
  private static final int TRAILER = 0x3b;
  private static final int HEADER_BYTES = 13;
  private static final int DESCRIPTOR_BYTES = 10;

  private final Bytes bytes;
  private int width;
  private int height;
  private int frames;
  private long millis;
  private boolean alpha;

  private GifHeader(Bytes bytes) {
    this.bytes = bytes;
  }

  static ImageHeader read(Bytes bytes) {
    return new GifHeader(bytes).walk();
  }

  private ImageHeader walk() {
    width = bytes.u16le(6);
    height = bytes.u16le(8);
    long at = HEADER_BYTES + tableBytes(bytes.u8(10));
    for (int kind = bytes.u8(at); kind != TRAILER; kind = bytes.u8(at)) {
      at =
          switch (kind) {
            case EXTENSION -> extension(at);
            case IMAGE -> frame(at);
            default -> throw ImageFaultException.corrupt("a block is unknown");
          };
    }
    if (frames == 0 || width == 0 || height == 0) {
      throw ImageFaultException.corrupt("it has no picture");
    }
    return ImageHeader.plain(ImageFormat.GIF, width, height, 4)
        .withFrames(frames, millis)
        .with(alpha, false, Exif.NONE);
  }

  private long extension(long at) {
    if (bytes.u8(at + 1) == GRAPHIC_CONTROL) {
      alpha |= (bytes.u8(at + 3) & 1) != 0;
      millis += 10L * bytes.u16le(at + 4);
    }
    return skipBlocks(bytes, at + 2);
  }

  private long frame(long at) {
    frames++;
    width = Math.max(width, bytes.u16le(at + 1) + bytes.u16le(at + 5));
    height = Math.max(height, bytes.u16le(at + 3) + bytes.u16le(at + 7));
    return skipBlocks(bytes, at + DESCRIPTOR_BYTES + tableBytes(bytes.u8(at + 9)) + 1);
  }

  static long skipBlocks(Bytes bytes, long from) {
    long at = from;
    for (int length = bytes.u8(at); length != 0; length = bytes.u8(at)) {
      at += length + 1L;
    }
    return at + 1;
  }

  static int tableBytes(int flags) {
    return (flags & 0x80) == 0 ? 0 : 3 << ((flags & 7) + 1);
  }
}
