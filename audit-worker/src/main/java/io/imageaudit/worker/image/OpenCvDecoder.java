package io.imageaudit.worker.image;

import static org.bytedeco.opencv.global.opencv_core.CV_8U;
import static org.bytedeco.opencv.global.opencv_imgcodecs.IMREAD_COLOR;
import static org.bytedeco.opencv.global.opencv_imgcodecs.IMREAD_REDUCED_COLOR_2;
import static org.bytedeco.opencv.global.opencv_imgcodecs.IMREAD_REDUCED_COLOR_4;
import static org.bytedeco.opencv.global.opencv_imgcodecs.IMREAD_REDUCED_COLOR_8;
import static org.bytedeco.opencv.global.opencv_imgcodecs.IMREAD_UNCHANGED;
import static org.bytedeco.opencv.global.opencv_imgcodecs.imdecode;

import io.imageaudit.model.ContentDigest;
import io.imageaudit.model.Failure;
import io.imageaudit.model.FailureCode;
import io.imageaudit.model.ImageFacts;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.bytedeco.javacpp.BytePointer;
import org.bytedeco.opencv.opencv_core.Mat;
import org.jspecify.annotations.Nullable;

/**
 * Decodes with OpenCV. A picture is reduced by the largest of 2, 4, 8 that leaves its shorter side
 * at least twice as long as anybody will look at: a JPEG while it is decoded (in the DCT domain),
 * others after that. The EXIF orientation is applied; transparency becomes white.
 */
final class OpenCvDecoder implements ImageDecoder {

  private static final int OVERSAMPLING = 2;
  private static final int LARGEST_FACTOR = 8;
  private static final int DECODED_BYTES = 4;
  private static final Set<String> ANIMATED = Set.of("gif", "webp", "png", "avif");

  private final long maxPixels;
  private final Viewing viewing;
  private final PictureMemory memory;
  private final Semaphore processors;

  OpenCvDecoder(DecodeSettings settings) {
    this.maxPixels = settings.maxPixels();
    this.viewing = new Viewing(settings.maxFrames(), settings.maxTiles());
    this.memory = new PictureMemory(settings.pictureMemory().toBytes());
    this.processors = new Semaphore(settings.parallel());
  }

  @Override
  public DecodeOutcome decode(byte[] bytes, ImageFacts facts, int detail, Instant until) {
    long pixels = (long) facts.width() * facts.height();
    if (pixels > maxPixels) {
      return undecodable(
          FailureCode.TOO_MANY_PIXELS, "The picture has more than " + maxPixels + " pixels.");
    }
    PictureMemory.Share share =
        memory.take(DECODED_BYTES * Math.min(maxPixels, all(pixels, facts)), until);
    boolean kept = false;
    try {
      DecodeOutcome outcome = decode(bytes, facts, detail, share, until);
      kept = outcome instanceof DecodeOutcome.Decoded;
      return outcome;
    } finally { // Whatever happens: what is not given back here is lost for ever.
      if (!kept) {
        share.run();
      }
    }
  }

  @Override
  public @Nullable ImageFacts inspect(byte[] bytes) {
    try (BytePointer file = new BytePointer(bytes);
        Mat buffer = new Mat(1, bytes.length, CV_8U, file);
        Mat picture = imdecode(buffer, IMREAD_COLOR)) {
      boolean jpeg = bytes.length > 1 && bytes[0] == (byte) 0xff && bytes[1] == (byte) 0xd8;
      return picture.empty()
          ? null
          : new ImageFacts(
              ContentDigest.of(bytes),
              jpeg ? "jpeg" : "other",
              picture.cols(),
              picture.rows(),
              bytes.length,
              1,
              null);
    } catch (RuntimeException e) { // OpenCV throws its C++ exceptions as this very class.
      return null;
    }
  }

  private static long all(long pixels, ImageFacts facts) {
    return pixels * Math.max(1, facts.frames());
  }

  private DecodeOutcome decode(
      byte[] bytes, ImageFacts facts, int detail, PictureMemory.Share share, Instant until) {
    awaitProcessor(until);
    try (BytePointer file = new BytePointer(bytes);
        Mat buffer = new Mat(1, bytes.length, CV_8U, file)) {
      return outcome(frames(buffer, facts, factor(facts, detail)), facts, share);
    } catch (RuntimeException e) { // OpenCV throws its C++ exceptions as this very class.
      return undecodable(FailureCode.CORRUPT_IMAGE, "The picture cannot be decoded.");
    } finally {
      processors.release();
    }
  }

  private void awaitProcessor(Instant until) {
    try {
      if (processors.tryAcquire(NoRoomException.nanosUntil(until), TimeUnit.NANOSECONDS)) {
        return;
      }
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
    throw new NoRoomException("other pictures take all processors");
  }

  /** The factor that reduces a picture as far as {@code detail} allows. */
  static int factor(ImageFacts facts, int detail) {
    int shorter = Math.min(facts.width(), facts.height());
    int factor = LARGEST_FACTOR;
    while (factor > 1 && shorter / factor < OVERSAMPLING * detail) {
      factor /= 2;
    }
    return factor;
  }

  private List<Mat> frames(Mat file, ImageFacts facts, int factor) {
    if (facts.frames() > 1 && ANIMATED.contains(facts.format())) {
      return new OpenCvAnimation(file, facts, maxPixels)
          .frames(viewing.frames(facts.frames()), frame -> OpenCvFrame.plain(frame, factor));
    }
    return List.of(
        facts.format().equals("jpeg")
            ? imdecode(file, reduced(factor))
            : OpenCvFrame.plain(imdecode(file, IMREAD_UNCHANGED), factor));
  }

  private static int reduced(int factor) {
    return switch (factor) {
      case 8 -> IMREAD_REDUCED_COLOR_8;
      case 4 -> IMREAD_REDUCED_COLOR_4;
      case 2 -> IMREAD_REDUCED_COLOR_2;
      default -> IMREAD_COLOR;
    };
  }

  private DecodeOutcome outcome(List<Mat> frames, ImageFacts facts, PictureMemory.Share share) {
    if (frames.isEmpty() || frames.stream().anyMatch(Mat::empty)) {
      frames.forEach(Mat::close);
      return undecodable(FailureCode.CORRUPT_IMAGE, "The picture cannot be decoded.");
    }
    share.shrinkTo(frames.stream().mapToLong(frame -> frame.total() * frame.elemSize()).sum());
    return new DecodeOutcome.Decoded(new OpenCvPicture(frames, facts.frames(), viewing, share));
  }

  private static DecodeOutcome undecodable(FailureCode code, String message) {
    return new DecodeOutcome.Undecodable(new Failure(code, message));
  }
}
