package io.imageaudit.intake.image;

import io.imageaudit.model.Failure;
import io.imageaudit.model.FailureCode;

/** Ends the reading of bytes that cannot be accepted; becomes a value where judging ends. */
final class ImageFaultException extends RuntimeException {

  private static final long serialVersionUID = 1;

  private final FailureCode code;

  ImageFaultException(FailureCode code, String message) {
    super(message, null, false, false);
    this.code = code;
  }

  static ImageFaultException corrupt(String what) {
    return new ImageFaultException(
        FailureCode.CORRUPT_IMAGE, "The image is damaged or incomplete: " + what + ".");
  }

  static ImageFaultException svg() {
    return new ImageFaultException(
        FailureCode.SVG_NOT_ALLOWED,
        "SVG is not accepted, because it can load and run other things (expected: the drawing as"
            + " JPEG, PNG or WebP).");
  }

  static ImageFaultException unsupported(String what) {
    return new ImageFaultException(
        FailureCode.UNSUPPORTED_FORMAT,
        what + " is not accepted (expected: JPEG, PNG, WebP, GIF or BMP).");
  }

  Failure failure() {
    return new Failure(code, String.valueOf(getMessage()));
  }
}
