package io.imageaudit.model;

/** Why an image could not be judged. The names are part of the public contract. */
public enum FailureCode {
  /** The address is not one that we may connect to, or a redirect led to such a one. */
  FETCH_FORBIDDEN_ADDRESS(Kind.CALLER),
  /** The download did not end within its deadline. */
  FETCH_TIMEOUT(Kind.CALLER),
  /** The address answered with another status than 200. */
  FETCH_HTTP_STATUS(Kind.CALLER),
  /** The download is larger than allowed. */
  FETCH_TOO_LARGE(Kind.CALLER),
  /** No connection could be made: unknown host, refused, reset, TLS failure. */
  FETCH_UNREACHABLE(Kind.CALLER),
  /** The bytes are not an image. */
  NOT_AN_IMAGE(Kind.CALLER),
  /** The bytes are an image of a format that is not accepted. */
  UNSUPPORTED_FORMAT(Kind.CALLER),
  /** The bytes are an SVG document: a program that draws, and can load and run other things. */
  SVG_NOT_ALLOWED(Kind.CALLER),
  /** Width, height, frames or decoding effort exceed the limits. */
  TOO_MANY_PIXELS(Kind.CALLER),
  /** A side is shorter than allowed, or the picture is too narrow. */
  IMAGE_TOO_SMALL(Kind.CALLER),
  /** The image cannot be decoded to its end. */
  CORRUPT_IMAGE(Kind.CALLER),
  /** The deadline passed before a verdict was given. */
  DEADLINE_EXCEEDED(Kind.DEPENDENCY),
  /** A fault of ours. */
  INTERNAL_ERROR(Kind.INTERNAL);

  /** Who can do something about it. */
  public enum Kind {
    /** The submitter: another image or address is needed. */
    CALLER,
    /** Somebody that we depend on. */
    DEPENDENCY,
    /** We ourselves. */
    INTERNAL
  }

  private final Kind kind;

  FailureCode(Kind kind) {
    this.kind = kind;
  }

  /** Who can do something about it. */
  public Kind kind() {
    return kind;
  }
}
