package io.imageaudit.intake.image;

/** The formats that are accepted. */
enum ImageFormat {
  JPEG("jpeg"),
  PNG("png"),
  WEBP("webp"),
  GIF("gif"),
  BMP("bmp");

  private final String code;

  ImageFormat(String code) {
    this.code = code;
  }

  /** The name in {@link io.imageaudit.model.ImageFacts#format()}. */
  String code() {
    return code;
  }
}
