package io.imageaudit.intake.image;

import io.imageaudit.model.FailureCode;

/** Refuses pictures that are too small to judge or too large to decode, by their header alone. */
final class ImageLimits {

  private final ImageSettings settings;

  ImageLimits(ImageSettings settings) {
    this.settings = settings;
  }

  /**
   * Checks a header.
   *
   * @throws ImageFaultException when it is outside the limits
   */
  void check(ImageHeader header) {
    checkSides(header);
    checkPixels(header);
    checkFrames(header);
    checkEffort(header);
  }

  private void checkSides(ImageHeader header) {
    int shorter = Math.min(header.width(), header.height());
    int longer = Math.max(header.width(), header.height());
    if (shorter < settings.minSide()) {
      throw small(header, "each side at least " + settings.minSide() + " pixels");
    }
    if (longer > settings.maxSide()) {
      throw large(header, "each side at most " + settings.maxSide() + " pixels");
    }
    if ((long) shorter * settings.maxRatio() <= longer) {
      throw small(header, "sides in a ratio below " + settings.maxRatio() + ":1");
    }
  }

  private void checkPixels(ImageHeader header) {
    if (header.pixels() > settings.maxPixels()) {
      throw large(header, "at most " + settings.maxPixels() + " pixels");
    }
    if (header.pixels() * header.bytesPerPixel() > settings.maxDecodedBytes().toBytes()) {
      throw large(header, "at most " + settings.maxDecodedBytes().toBytes() + " bytes decoded");
    }
  }

  private void checkFrames(ImageHeader header) {
    if (header.frames() > settings.maxFrames()) {
      throw tooMuch("It has too many frames", "at most " + settings.maxFrames());
    }
    if (header.frames() > 1 && header.pixels() * header.frames() > settings.maxAnimationPixels()) {
      throw tooMuch("Its frames have too many pixels", "at most " + settings.maxAnimationPixels());
    }
  }

  private void checkEffort(ImageHeader header) {
    if (header.scans() > settings.maxScans()) {
      throw tooMuch("Decoding it takes too many passes", "at most " + settings.maxScans());
    }
    if (header.scans() > 1 && header.work() > settings.maxWork()) {
      throw tooMuch("Decoding it takes too much work", "at most " + settings.maxWork());
    }
  }

  private static ImageFaultException small(ImageHeader header, String expected) {
    return new ImageFaultException(
        FailureCode.IMAGE_TOO_SMALL,
        "The image has " + size(header) + " pixels (expected: " + expected + ").");
  }

  private static ImageFaultException large(ImageHeader header, String expected) {
    return new ImageFaultException(
        FailureCode.TOO_MANY_PIXELS,
        "The image has " + size(header) + " pixels (expected: " + expected + ").");
  }

  private static ImageFaultException tooMuch(String what, String expected) {
    return new ImageFaultException(
        FailureCode.TOO_MANY_PIXELS, what + " (expected: " + expected + ").");
  }

  private static String size(ImageHeader header) {
    return header.width() + " x " + header.height();
  }
}
