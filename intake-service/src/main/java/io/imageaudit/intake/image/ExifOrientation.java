package io.imageaudit.intake.image;

/** Finds the orientation in EXIF data (CIPA DC-008, tag 0x0112 of the first directory). */
final class ExifOrientation {

  private static final int ORIENTATION = 0x0112;
  private static final int SHORT = 3;
  private static final int ENTRY_BYTES = 12;
  private static final int MAX_ENTRIES = 512;
  private static final int UPRIGHT = 1;

  private ExifOrientation() {}

  /** 1..8; 1 when the data do not say or cannot be read: they are no part of the picture. */
  static int read(Bytes tiff) {
    try {
      if (tiff.has(0, "II*\0")) {
        return find(tiff, true);
      }
      return tiff.has(0, "MM\0*") ? find(tiff, false) : UPRIGHT;
    } catch (ImageFaultException _) {
      return UPRIGHT;
    }
  }

  private static int find(Bytes tiff, boolean little) {
    long directory = little ? tiff.u32le(4) : tiff.u32(4);
    int entries = Math.min(u16(tiff, directory, little), MAX_ENTRIES);
    for (int i = 0; i < entries; i++) {
      long entry = directory + 2 + (long) i * ENTRY_BYTES;
      if (u16(tiff, entry, little) == ORIENTATION) {
        int value = u16(tiff, entry + 2, little) == SHORT ? u16(tiff, entry + 8, little) : UPRIGHT;
        return value >= 1 && value <= 8 ? value : UPRIGHT;
      }
    }
    return UPRIGHT;
  }

  private static int u16(Bytes tiff, long at, boolean little) {
    return little ? tiff.u16le(at) : tiff.u16(at);
  }
}
