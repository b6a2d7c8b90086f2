package io.imageaudit.intake.image;

import java.util.zip.DataFormatException;
import java.util.zip.Inflater;

/**
 * Checks the frames of an animated PNG (W3C PNG, third edition, section 5.8): that there are as
 * many as it says, in their order, and that the data of each inflate to all of its rows. Nothing is
 * drawn.
 */
final class PngFrames {

  private static final int SIGNATURE_BYTES = 8;
  private static final int CHUNK_OVERHEAD = 12;
  private static final int CONTROL_BYTES = 26;
  private static final int SCRATCH_BYTES = 64 << 10;

  /** Adam7: first column, first row, step between columns, step between rows of each pass. */
  private static final int[][] PASSES = {
    {0, 0, 8, 8}, {4, 0, 8, 8}, {0, 4, 4, 8}, {2, 0, 4, 4}, {0, 2, 2, 4}, {1, 0, 2, 2}, {0, 1, 1, 2}
  };

  private final Bytes bytes;
  private final ImageHeader header;
  private final byte[] scratch = new byte[SCRATCH_BYTES];
  private long bitsPerPixel;
  private boolean interlaced;
  private long sequence;
  private int frames;
  private long missing;

  private PngFrames(Bytes bytes, ImageHeader header) {
    this.bytes = bytes;
    this.header = header;
  }

  /**
   * Checks a file whose chunks are known to reach to its end.
   *
   * @throws ImageFaultException when a frame is missing, misplaced or incomplete
   */
  static void check(Bytes bytes, ImageHeader header) {
    Inflater inflater = new Inflater();
    try {
      new PngFrames(bytes, header).walk(inflater);
    } finally {
      inflater.end();
    }
  }

  private void walk(Inflater inflater) {
    for (long at = SIGNATURE_BYTES; !bytes.has(at + 4, "IEND"); ) {
      long length = bytes.u32(at);
      Bytes body = bytes.part(at + 8, length);
      if (bytes.has(at + 4, "IHDR")) {
        pixels(body);
      } else if (bytes.has(at + 4, "fcTL")) {
        endFrame();
        inflater.reset();
        startFrame(body);
      } else if (bytes.has(at + 4, "fdAT")) {
        inOrder(body);
        inflate(inflater, body.part(4, length - 4));
      } else if (bytes.has(at + 4, "IDAT") && frames == 1) {
        inflate(inflater, body);
      }
      at += CHUNK_OVERHEAD + length;
    }
    endFrame();
    if (frames != header.frames()) {
      throw ImageFaultException.corrupt("frames are missing");
    }
  }

  private void pixels(Bytes body) {
    int channels =
        switch (body.u8(9)) {
          case 2 -> 3;
          case 4 -> 2;
          case 6 -> 4;
          default -> 1;
        };
    bitsPerPixel = (long) channels * body.u8(8);
    interlaced = body.u8(12) == 1;
  }

  private void startFrame(Bytes body) {
    if (body.size() < CONTROL_BYTES) {
      throw ImageFaultException.corrupt("a frame has no header");
    }
    inOrder(body);
    long width = body.u32(4);
    long height = body.u32(8);
    boolean inside =
        width > 0
            && height > 0
            && body.u32(12) + width <= header.width()
            && body.u32(16) + height <= header.height();
    if (!inside) {
      throw ImageFaultException.corrupt("a frame lies outside of the picture");
    }
    frames++;
    missing = interlaced ? passes(width, height) : rows(width, height);
  }

  private void endFrame() {
    if (missing > 0) {
      throw ImageFaultException.corrupt("a frame is incomplete");
    }
  }

  private void inOrder(Bytes body) {
    if (body.u32(0) != sequence++) {
      throw ImageFaultException.corrupt("its frames are out of order");
    }
  }

  private long rows(long width, long height) {
    return width == 0 ? 0 : (1 + (width * bitsPerPixel + 7) / 8) * height;
  }

  private long passes(long width, long height) {
    long sum = 0;
    for (int[] pass : PASSES) {
      long columns = Math.max(0, (width - pass[0] + pass[2] - 1) / pass[2]);
      sum += rows(columns, Math.max(0, (height - pass[1] + pass[3] - 1) / pass[3]));
    }
    return sum;
  }

  /** Stops when the frame is full: what is left over is no part of the picture. */
  private void inflate(Inflater inflater, Bytes data) {
    inflater.setInput(data.buffer(0, data.size()));
    try {
      int inflated;
      do {
        inflated = inflater.inflate(scratch);
        missing -= inflated;
      } while (inflated > 0 && missing > 0);
      if (inflater.needsDictionary()) {
        throw ImageFaultException.corrupt("a frame's data make no sense");
      }
    } catch (DataFormatException _) {
      throw ImageFaultException.corrupt("a frame's data make no sense");
    }
  }
}
