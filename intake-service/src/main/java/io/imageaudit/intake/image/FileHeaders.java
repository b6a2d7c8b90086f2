package io.imageaudit.intake.image;

import io.imageaudit.model.FailureCode;
import java.util.List;
import java.util.Map;

/** Tells formats by the first bytes, never by a name or a declared type. */
final class FileHeaders {

  /** Formats that are images, or are sent as such, and are not accepted. */
  private static final Map<String, List<String>> OTHERS =
      Map.of(
          "TIFF", List.of("II*\0", "MM\0*", "II+\0", "MM\0+"),
          "Photoshop", List.of("8BPS"),
          "JPEG XL", List.of("\u00ff\n", "\0\0\0\fJXL "),
          "JPEG 2000", List.of("\0\0\0\fjP  ", "\u00ffO\u00ffQ"),
          "Icon", List.of("\0\0\1\0", "\0\0\2\0"),
          "PDF or PostScript", List.of("%PDF", "%!PS"));

  private static final List<String> ISO_IMAGES =
      List.of("avif", "avis", "heic", "heix", "heim", "heis", "hevc", "mif1", "msf1");

  private static final int SVG_SEARCH_BYTES = 1024;

  private FileHeaders() {}

  /**
   * Reads the header.
   *
   * @throws ImageFaultException when it is none of an accepted format, or is damaged
   */
  static ImageHeader read(Bytes bytes) {
    if (bytes.has(0, "\u00ff\u00d8\u00ff")) {
      return JpegHeader.read(bytes);
    }
    if (bytes.has(0, "\u0089PNG\r\n\u001a\n")) {
      return PngHeader.read(bytes);
    }
    if (bytes.has(0, "RIFF") && bytes.has(8, "WEBP")) {
      return WebpHeader.read(bytes);
    }
    if (bytes.has(0, "GIF87a") || bytes.has(0, "GIF89a")) {
      return GifHeader.read(bytes);
    }
    if (bytes.has(0, "BM") && bytes.has(6, "\0\0\0\0")) {
      return BmpHeader.read(bytes);
    }
    throw other(bytes);
  }

  private static ImageFaultException other(Bytes bytes) {
    for (Map.Entry<String, List<String>> other : OTHERS.entrySet()) {
      if (other.getValue().stream().anyMatch(magic -> bytes.has(0, magic))) {
        return ImageFaultException.unsupported(other.getKey());
      }
    }
    if (bytes.has(4, "ftyp") && ISO_IMAGES.stream().anyMatch(brand -> bytes.has(8, brand))) {
      return ImageFaultException.unsupported("AVIF or HEIF");
    }
    if (isSvg(bytes)) {
      return ImageFaultException.svg();
    }
    return new ImageFaultException(FailureCode.NOT_AN_IMAGE, "The bytes are not an image.");
  }

  /** The parser of a text format is never invoked. */
  private static boolean isSvg(Bytes bytes) {
    int end = Math.min(bytes.size(), SVG_SEARCH_BYTES);
    for (int at = 0; at < end; at++) {
      if (bytes.has(at, "<svg")) {
        return true;
      }
    }
    return false;
  }
}
