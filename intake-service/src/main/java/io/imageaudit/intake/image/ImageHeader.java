package io.imageaudit.intake.image;

/**
 * What a file says about its image, gathered without decoding any of it.
 *
 * @param format by its bytes
 * @param width pixels as stored
 * @param height pixels as stored
 * @param frames pictures in the file, from 1
 * @param millis how long all frames are shown, milliseconds
 * @param bytesPerPixel of the decoded picture in the depth of the file
 * @param scans passes over the picture that decoding takes
 * @param work components times pixels over all passes
 * @param alpha whether parts may be transparent
 * @param colourProfile whether an ICC profile is embedded
 * @param exif what the camera or a program wrote
 */
record ImageHeader(
    ImageFormat format,
    int width,
    int height,
    int frames,
    long millis,
    int bytesPerPixel,
    int scans,
    long work,
    boolean alpha,
    boolean colourProfile,
    Exif exif) {

  /** An opaque single picture that is decoded in one pass, with nothing beside it. */
  static ImageHeader plain(ImageFormat format, int width, int height, int bytesPerPixel) {
    long work = (long) width * height * bytesPerPixel;
    return new ImageHeader(
        format, width, height, 1, 0, bytesPerPixel, 1, work, false, false, Exif.NONE);
  }

  ImageHeader withFrames(int count, long time) {
    return new ImageHeader(
        format, width, height, count, time, bytesPerPixel, scans, work, alpha, colourProfile, exif);
  }

  ImageHeader withScans(int count, long totalWork) {
    return new ImageHeader(
        format,
        width,
        height,
        frames,
        millis,
        bytesPerPixel,
        count,
        totalWork,
        alpha,
        colourProfile,
        exif);
  }

  ImageHeader with(boolean transparent, boolean profile, Exif written) {
    return new ImageHeader(
        format,
        width,
        height,
        frames,
        millis,
        bytesPerPixel,
        scans,
        work,
        transparent,
        profile,
        written);
  }

  long pixels() {
    return (long) width * height;
  }

  int uprightWidth() {
    return exif.isTurned() ? height : width;
  }

  int uprightHeight() {
    return exif.isTurned() ? width : height;
  }
}
