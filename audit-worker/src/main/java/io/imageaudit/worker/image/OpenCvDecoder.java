package io.imageaudit.worker.image;

import static org.bytedeco.opencv.global.opencv_core.CV_8U;
import static org.bytedeco.opencv.global.opencv_imgcodecs.IMREAD_COLOR;
import static org.bytedeco.opencv.global.opencv_imgcodecs.IMREAD_REDUCED_COLOR_2;
import static org.bytedeco.opencv.global.opencv_imgcodecs.IMREAD_REDUCED_COLOR_4;
import static org.bytedeco.opencv.global.opencv_imgcodecs.IMREAD_REDUCED_COLOR_8;
import static org.bytedeco.opencv.global.opencv_imgcodecs.IMREAD_UNCHANGED;
import static org.bytedeco.opencv.global.opencv_imgcodecs.imdecode;
import static org.bytedeco.opencv.global.opencv_imgproc.COLOR_GRAY2BGR;
import static org.bytedeco.opencv.global.opencv_imgproc.cvtColor;

import io.imageaudit.model.Failure;
import io.imageaudit.model.FailureCode;
import io.imageaudit.model.ImageFacts;
import java.util.concurrent.Semaphore;
import org.bytedeco.javacpp.BytePointer;
import org.bytedeco.opencv.opencv_core.Mat;

/**
 * Decodes with OpenCV. A JPEG is reduced while it is decoded (in the DCT domain) by the largest of
 * 2, 4, 8 that leaves its shorter side at least twice as long as anybody will look at; the EXIF
 * orientation is applied; transparency becomes white.
 */
final class OpenCvDecoder implements ImageDecoder {

  private static final int OVERSAMPLING = 2;
  private static final double DEEP_TO_EIGHT_BITS = 1 / 257.0;

  private final long maxPixels;
  private final Semaphore processors;

  OpenCvDecoder(DecodeSettings settings) {
    this.maxPixels = settings.maxPixels();
    this.processors = new Semaphore(settings.parallel());
  }

  @Override
  public DecodeOutcome decode(byte[] bytes, ImageFacts facts, int detail) {
    if ((long) facts.width() * facts.height() > maxPixels) {
      return undecodable(
          FailureCode.TOO_MANY_PIXELS, "The picture has more than " + maxPixels + " pixels.");
    }
    processors.acquireUninterruptibly();
    try (BytePointer file = new BytePointer(bytes);
        Mat buffer = new Mat(1, bytes.length, CV_8U, file)) {
      return outcome(decode(buffer, facts, detail));
    } catch (RuntimeException e) { // OpenCV throws its C++ exceptions as this very class.
      return undecodable(FailureCode.CORRUPT_IMAGE, "The picture cannot be decoded.");
    } finally {
      processors.release();
    }
  }

  /** The flag that reduces a JPEG as far as {@code detail} allows. */
  static int reduction(ImageFacts facts, int detail) {
    int shorter = Math.min(facts.width(), facts.height());
    int wanted = OVERSAMPLING * detail;
    if (shorter / 8 >= wanted) {
      return IMREAD_REDUCED_COLOR_8;
    }
    if (shorter / 4 >= wanted) {
      return IMREAD_REDUCED_COLOR_4;
    }
    return shorter / 2 >= wanted ? IMREAD_REDUCED_COLOR_2 : IMREAD_COLOR;
  }

  private static Mat decode(Mat file, ImageFacts facts, int detail) {
    return facts.format().equals("jpeg")
        ? imdecode(file, reduction(facts, detail))
        : opaque(imdecode(file, IMREAD_UNCHANGED));
  }

  private static DecodeOutcome outcome(Mat picture) {
    if (picture.empty()) {
      picture.close();
      return undecodable(FailureCode.CORRUPT_IMAGE, "The picture cannot be decoded.");
    }
    return new DecodeOutcome.Decoded(new OpenCvPicture(picture));
  }

  private static Mat opaque(Mat decoded) {
    if (decoded.empty()) {
      return decoded;
    }
    Mat shallow = eightBits(decoded);
    return switch (shallow.channels()) {
      case 1 -> gray(shallow);
      case 4 -> OpenCvAlpha.onWhite(shallow);
      default -> shallow;
    };
  }

  private static Mat eightBits(Mat decoded) {
    if (decoded.depth() == CV_8U) {
      return decoded;
    }
    try (decoded) {
      Mat shallow = new Mat();
      decoded.convertTo(shallow, CV_8U, DEEP_TO_EIGHT_BITS, 0);
      return shallow;
    }
  }

  private static Mat gray(Mat single) {
    try (single) {
      Mat color = new Mat();
      cvtColor(single, color, COLOR_GRAY2BGR);
      return color;
    }
  }

  private static DecodeOutcome undecodable(FailureCode code, String message) {
    return new DecodeOutcome.Undecodable(new Failure(code, message));
  }
}
