package io.imageaudit.intake.image;

import java.util.function.IntPredicate;
import org.jspecify.annotations.Nullable;

/**
 * Reads three tags of the first directory of EXIF data (CIPA DC-008). Directories that it points to
 * are not followed, so that there is no loop to fall into. Data that cannot be read say nothing:
 * they are no part of the picture.
 */
final class ExifReader {

  private static final int ORIENTATION = 0x0112;
  private static final int SOFTWARE = 0x0131;
  private static final int WRITTEN_AT = 0x0132;
  private static final int ASCII = 2;
  private static final int SHORT = 3;
  private static final int ENTRY_BYTES = 12;
  private static final int MAX_ENTRIES = 512;
  private static final int MAX_TEXT = 64;
  private static final int INLINE_BYTES = 4;

  private final Bytes tiff;
  private final boolean little;
  private int orientation = 1;
  private @Nullable String software;
  private @Nullable String writtenAt;

  private ExifReader(Bytes tiff, boolean little) {
    this.tiff = tiff;
    this.little = little;
  }

  static Exif read(Bytes tiff) {
    boolean little = tiff.has(0, "II*\0");
    if (!little && !tiff.has(0, "MM\0*")) {
      return Exif.NONE;
    }
    return new ExifReader(tiff, little).walk();
  }

  private Exif walk() {
    try {
      long directory = u32(4);
      int entries = Math.min(u16(directory), MAX_ENTRIES);
      for (int i = 0; i < entries; i++) {
        entry(directory + 2 + (long) i * ENTRY_BYTES);
      }
    } catch (ImageFaultException _) {
      return new Exif(orientation, software, writtenAt);
    }
    return new Exif(orientation, software, writtenAt);
  }

  private void entry(long at) {
    switch (u16(at)) {
      case ORIENTATION -> {
        int value = u16(at + 2) == SHORT ? u16(at + 8) : 1;
        orientation = value >= 1 && value <= 8 ? value : 1;
      }
      case SOFTWARE -> software = text(at);
      case WRITTEN_AT -> writtenAt = text(at);
      default -> {
        // No tag of interest.
      }
    }
  }

  private @Nullable String text(long at) {
    if (u16(at + 2) != ASCII) {
      return null;
    }
    int length = (int) Math.min(u32(at + 4), MAX_TEXT);
    long start = length <= INLINE_BYTES ? at + 8 : u32(at + 8);
    IntPredicate printable = character -> character >= ' ' && character <= '~';
    StringBuilder text = new StringBuilder(length);
    for (int i = 0; i < length && printable.test(tiff.u8(start + i)); i++) {
      text.append((char) tiff.u8(start + i));
    }
    return text.isEmpty() ? null : text.toString();
  }

  private int u16(long at) {
    return little ? tiff.u16le(at) : tiff.u16(at);
  }

  private long u32(long at) {
    return little ? tiff.u32le(at) : tiff.u32(at);
  }
}
