package io.imageaudit.intake.image;

/**
 * What a file says about its image, gathered without decoding any of it.
 *
 * @param format by its bytes
 * @param width pixels as stored
 * @param height pixels as stored
 * @param frames pictures in the file, from 1
 * @param bytesPerPixel of the decoded picture in the depth of the file
 * @param scans passes over the picture that decoding takes
 * @param work components times pixels over all passes
 * @param orientation EXIF orientation, 1..8
 */
record ImageHeader(
    ImageFormat format,
    int width,
    int height,
    int frames,
    int bytesPerPixel,
    int scans,
    long work,
    int orientation) {

  /** A picture that is decoded in one pass. */
  static ImageHeader single(
      ImageFormat format, int width, int height, int frames, int bytesPerPixel, int orientation) {
    long work = (long) width * height * bytesPerPixel;
    return new ImageHeader(format, width, height, frames, bytesPerPixel, 1, work, orientation);
  }

  long pixels() {
    return (long) width * height;
  }

  /** Whether upright the picture is turned by a quarter. */
  boolean isTurned() {
    return orientation >= 5;
  }

  int uprightWidth() {
    return isTurned() ? height : width;
  }

  int uprightHeight() {
    return isTurned() ? width : height;
  }
}
