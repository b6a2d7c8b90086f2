package io.imageaudit.intake.image;

/** Reads the header of a Windows bitmap, and checks that its rows are all there. */
final class BmpHeader {

  private static final int CORE_HEADER = 12;
  private static final int INFO_HEADER = 40;
  private static final int LARGEST_HEADER = 124;
  private static final int RLE8 = 1;
  private static final int RLE4 = 2;

  private BmpHeader() {}

  static ImageHeader read(Bytes bytes) {
    long headerBytes = bytes.u32le(14);
    boolean core = headerBytes == CORE_HEADER;
    if (!core && (headerBytes < INFO_HEADER || headerBytes > LARGEST_HEADER)) {
      throw ImageFaultException.unsupported("This kind of BMP");
    }
    int width = core ? bytes.u16le(18) : (int) bytes.u32le(18);
    int height = core ? bytes.u16le(20) : Math.abs((int) bytes.u32le(22));
    int bits = bytes.u16le(core ? 24 : 28);
    if (width <= 0 || height <= 0 || bits == 0 || bits > 32) {
      throw ImageFaultException.corrupt("its header makes no sense");
    }
    long compression = core ? 0 : bytes.u32le(30);
    if (compression != RLE8 && compression != RLE4) {
      long row = ((long) width * bits + 31) / 32 * 4;
      checkRows(bytes, row, height);
    }
    return ImageHeader.plain(ImageFormat.BMP, width, height, bits == 32 ? 4 : 3);
  }

  private static void checkRows(Bytes bytes, long row, int height) {
    if (bytes.u32le(10) + row * height > bytes.size()) {
      throw ImageFaultException.corrupt("it ends too early");
    }
  }
}
