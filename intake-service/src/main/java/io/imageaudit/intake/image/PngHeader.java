package io.imageaudit.intake.image;

import java.util.zip.CRC32;

/**
 * Reads the chunks of a PNG file (W3C PNG, third edition, section 5) to its end, checking the
 * checksum of those that make the picture. Nothing is inflated.
 */
final class PngHeader {

  private static final int SIGNATURE_BYTES = 8;
  private static final int CHUNK_OVERHEAD = 12;
  private static final long MAX_CHUNK = Integer.MAX_VALUE;

  private final Bytes bytes;
  private int width;
  private int height;
  private int bytesPerPixel;
  private int frames = 1;
  private long millis;
  private Exif exif = Exif.NONE;
  private boolean alpha;
  private boolean colourProfile;
  private boolean hasData;
  private boolean isAnimated;

  private PngHeader(Bytes bytes) {
    this.bytes = bytes;
  }

  static ImageHeader read(Bytes bytes) {
    return new PngHeader(bytes).walk();
  }

  private ImageHeader walk() {
    long at = SIGNATURE_BYTES;
    if (!bytes.has(at + 4, "IHDR")) {
      throw ImageFaultException.corrupt("its header is missing");
    }
    while (!bytes.has(at + 4, "IEND")) {
      long length = bytes.u32(at);
      if (length > MAX_CHUNK) {
        throw ImageFaultException.corrupt("a chunk is too long");
      }
      chunk(at, bytes.part(at + 8, length));
      at += CHUNK_OVERHEAD + length;
    }
    if (!hasData) {
      throw ImageFaultException.corrupt("it has no picture");
    }
    return ImageHeader.plain(ImageFormat.PNG, width, height, bytesPerPixel)
        .withFrames(frames, millis)
        .with(alpha, colourProfile, exif);
  }

  private void chunk(long at, Bytes body) {
    if (bytes.has(at + 4, "IHDR")) {
      once(at == SIGNATURE_BYTES);
      checkSum(at, body);
      header(body);
    } else if (bytes.has(at + 4, "PLTE")) {
      checkSum(at, body);
    } else if (bytes.has(at + 4, "IDAT")) {
      checkSum(at, body);
      hasData = true;
    } else if (bytes.has(at + 4, "acTL")) {
      once(!isAnimated);
      isAnimated = true;
      frames = (int) Math.min(Math.max(body.u32(0), 1), Integer.MAX_VALUE);
    } else if (bytes.has(at + 4, "fcTL")) {
      millis += 1000L * body.u16(20) / (body.u16(22) == 0 ? 100 : body.u16(22));
    } else if (bytes.has(at + 4, "eXIf")) {
      exif = ExifReader.read(body);
    } else if (bytes.has(at + 4, "tRNS")) {
      alpha = true;
    } else if (bytes.has(at + 4, "iCCP")) {
      colourProfile = true;
    }
  }

  /** Of two such chunks decoders believe one or the other. */
  private static void once(boolean isFirst) {
    if (!isFirst) {
      throw ImageFaultException.corrupt("it has two headers");
    }
  }

  private void header(Bytes body) {
    long storedWidth = body.u32(0);
    long storedHeight = body.u32(4);
    if (storedWidth == 0
        || storedHeight == 0
        || storedWidth > Integer.MAX_VALUE
        || storedHeight > Integer.MAX_VALUE) {
      throw ImageFaultException.corrupt("its header makes no sense");
    }
    width = (int) storedWidth;
    height = (int) storedHeight;
    alpha = (body.u8(9) & 4) != 0;
    int channels =
        switch (body.u8(9)) {
          case 0 -> 1;
          case 2, 3 -> 3;
          case 4 -> 2;
          case 6 -> 4;
          default -> throw ImageFaultException.corrupt("its colour type is unknown");
        };
    bytesPerPixel = channels * (body.u8(8) == 16 ? 2 : 1);
  }

  private void checkSum(long at, Bytes body) {
    CRC32 crc = new CRC32();
    crc.update(bytes.buffer(at + 4, body.size() + 4L));
    if (crc.getValue() != bytes.u32(at + 8 + body.size())) {
      throw ImageFaultException.corrupt("a checksum does not match");
    }
  }
}
