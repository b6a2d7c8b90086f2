package io.imageaudit.intake.image;

/**
 * Checks that each frame of a GIF has all of its pixels. The codes of the compression (LZW, GIF89a
 * specification, appendix F) are followed by the lengths of what they stand for alone; nothing is
 * drawn, so that a picture of any size takes the same little memory.
 */
final class GifFrames {

  private static final int EXTENSION = 0x21;
  private static final int TRAILER = 0x3b;
  private static final int HEADER_BYTES = 13;
  private static final int DESCRIPTOR_BYTES = 10;
  private static final int MAX_CODES = 4096;
  private static final int MAX_CODE_BITS = 12;
  private static final int MAX_PIXEL_BITS = 11;

  private final Bytes bytes;

  /** Pixels that each code stands for. */
  private final int[] lengths = new int[MAX_CODES];

  private long at;
  private int blockLeft;
  private int bits;
  private int bitCount;

  private GifFrames(Bytes bytes) {
    this.bytes = bytes;
  }

  /**
   * Checks a file whose blocks are known to reach to its trailer.
   *
   * @throws ImageFaultException when a frame has too few pixels or its codes make no sense
   */
  static void check(Bytes bytes) {
    new GifFrames(bytes).walk();
  }

  private void walk() {
    at = (long) HEADER_BYTES + GifHeader.tableBytes(bytes.u8(10));
    for (int kind = bytes.u8(at); kind != TRAILER; kind = bytes.u8(at)) {
      if (kind == EXTENSION) {
        at += 2;
      } else {
        long pixels = (long) bytes.u16le(at + 5) * bytes.u16le(at + 7);
        at += DESCRIPTOR_BYTES + GifHeader.tableBytes(bytes.u8(at + 9));
        frame(pixels, bytes.u8(at++));
      }
      at = GifHeader.skipBlocks(bytes, at);
    }
  }

  /** Follows the codes until the frame is full; what comes after is left alone, as decoders do. */
  private void frame(long pixels, int pixelBits) {
    if (pixelBits < 1 || pixelBits > MAX_PIXEL_BITS) {
      throw ImageFaultException.corrupt("a frame's codes make no sense");
    }
    startCodes();
    int clear = 1 << pixelBits;
    int next = clear + 2;
    int width = pixelBits + 1;
    int last = -1;
    long left = pixels;
    while (left > 0) {
      int code = code(width);
      if (code == clear) {
        next = clear + 2;
        width = pixelBits + 1;
        last = -1;
        continue;
      }
      left -= length(code, clear, next, last);
      if (last >= 0 && next < MAX_CODES) {
        lengths[next++] = length(last, clear, next, last) + 1;
        width = next == 1 << width && width < MAX_CODE_BITS ? width + 1 : width;
      }
      last = code;
    }
    at += blockLeft;
  }

  private int length(int code, int clear, int next, int last) {
    if (code < clear) {
      return 1;
    }
    if (code > clear + 1 && code < next) {
      return lengths[code];
    }
    if (code == next && last >= 0 && next < MAX_CODES) {
      return (last < clear ? 1 : lengths[last]) + 1;
    }
    throw ImageFaultException.corrupt("a frame is incomplete");
  }

  private void startCodes() {
    blockLeft = 0;
    bits = 0;
    bitCount = 0;
  }

  private int code(int width) {
    while (bitCount < width) {
      if (blockLeft == 0) {
        blockLeft = bytes.u8(at++);
        if (blockLeft == 0) {
          throw ImageFaultException.corrupt("a frame is incomplete");
        }
      }
      bits |= bytes.u8(at++) << bitCount;
      bitCount += 8;
      blockLeft--;
    }
    int code = bits & (1 << width) - 1;
    bits >>>= width;
    bitCount -= width;
    return code;
  }
}
