package io.imageaudit.intake.image;

import io.imageaudit.intake.Pictures;
import io.imageaudit.model.ContentDigest;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.stream.Stream;

/**
 * What is fuzzed: the readers of bytes that strangers send. Any bytes at all must be read, or be
 * refused by an {@link ImageFaultException}; whatever else is thrown is a fault of ours.
 */
final class FuzzTargets {

  private static final ImageLimits LIMITS = new ImageLimits(JudgeImageTest.DEFAULTS);

  private FuzzTargets() {}

  /** The readers of headers, and the limits. */
  static void headers(byte[] content) {
    try {
      LIMITS.check(FileHeaders.read(bytes(content)));
    } catch (ImageFaultException _) {
      return; // Refused, as it may be.
    }
  }

  /** The checks of all frames of what passed the readers of headers. */
  static void frames(byte[] content) {
    try {
      ImageHeader header = FileHeaders.read(bytes(content));
      LIMITS.check(header);
      switch (header.format()) {
        case GIF -> GifFrames.check(bytes(content));
        case PNG -> PngFrames.check(bytes(content), header);
        case WEBP -> WebpFrames.forEach(bytes(content), (_, _, _) -> {});
        case JPEG, BMP -> {
          // These have one frame.
        }
      }
    } catch (ImageFaultException _) {
      return; // Refused, as it may be.
    }
  }

  /** The reader of EXIF data, which never refuses. */
  static void exif(byte[] content) {
    ExifReader.read(bytes(content));
  }

  /** All of judging, the native decoder included. */
  static void decode(byte[] content, JudgeImage judge, Path file) {
    try {
      judge.judge(Files.write(file, content), ContentDigest.of(content), JudgeImageTest.AMPLE);
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }

  /** A sound or nearly sound file of each kind. */
  static Stream<byte[]> corpus() {
    byte[] jpeg = Pictures.jpeg(64, 64);
    byte[] png = Pictures.png(64, 64);
    byte[] gif = Pictures.encode("gif", 64, 64);
    byte[] webp = Pictures.webp(64, 64);
    return Stream.of(
        jpeg,
        Pictures.progressiveJpeg(64, 64),
        Pictures.oriented(jpeg, 6),
        png,
        gif,
        webp,
        Pictures.encode("bmp", 64, 64),
        Bombs.animatedGif(gif, gif),
        Bombs.animatedPng(64, 64, png, png),
        Bombs.animatedWebp(64, 64, webp, webp),
        Arrays.copyOfRange(Pictures.oriented(jpeg, 6), 12, 40),
        Bombs.bmp(64, 64, 8, 1, new byte[200]),
        Bombs.scans(64, 64, 3),
        "II*\0\b\0\0\0\1\0\22\1\3\0\1\0\0\0\6\0\0\0".getBytes(StandardCharsets.ISO_8859_1),
        "<svg/>".getBytes(StandardCharsets.ISO_8859_1),
        new byte[0]);
  }

  private static Bytes bytes(byte[] content) {
    return new Bytes(ByteBuffer.wrap(content));
  }
}
