package io.imageaudit.intake.image;

import org.jspecify.annotations.Nullable;

/**
 * What a camera or a program wrote into the file. Places are never read.
 *
 * @param orientation 1..8; 1 is upright
 * @param software that wrote the file, printable ASCII
 * @param writtenAt as written: {@code 2026:11:24 16:00:00}, in no known time zone
 */
public record Exif(int orientation, @Nullable String software, @Nullable String writtenAt) {

  /** Nothing is known. */
  static final Exif NONE = new Exif(1, null, null);

  /** Whether upright the picture is turned by a quarter. */
  boolean isTurned() {
    return orientation >= 5;
  }
}
