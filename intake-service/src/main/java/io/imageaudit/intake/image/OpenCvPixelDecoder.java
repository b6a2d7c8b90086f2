package io.imageaudit.intake.image;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Supplier;
import org.bytedeco.javacpp.BytePointer;
import org.bytedeco.javacpp.IntPointer;
import org.bytedeco.opencv.global.opencv_core;
import org.bytedeco.opencv.global.opencv_imgcodecs;
import org.bytedeco.opencv.global.opencv_imgproc;
import org.bytedeco.opencv.opencv_core.Mat;
import org.bytedeco.opencv.opencv_core.Size;

/**
 * Decodes with OpenCV. A large JPEG is reduced while it is decoded, down to what a preview needs:
 * all of its data are read either way. The sizes that the decoder finds must be those of the
 * header, so that a file which two readers read differently is refused.
 */
final class OpenCvPixelDecoder implements PixelDecoder {

  private static final int PREVIEW_SIDE = 512;
  private static final int HASHED_SIDE = 256;
  private static final int SHORTEST_PREVIEW = 384;
  private static final int PREVIEW_QUALITY = 85;
  private static final int WHITE = 255;

  /** What libjpeg says when it has made up a part of the picture. */
  private static final List<String> PATCHED =
      List.of(
          "Premature end of JPEG file",
          "premature end of data segment",
          "bad Huffman code",
          "Inconsistent progression sequence");

  private final Supplier<String> complaints;

  /**
   * A decoder.
   *
   * @param complaints what native code has written to standard error since it was last asked
   */
  OpenCvPixelDecoder(Supplier<String> complaints) {
    this.complaints = complaints;
    opencv_core.setNumThreads(1);
  }

  @Override
  public DecodedPicture decode(Path file, ImageHeader header) throws IOException {
    var _ =
        complaints.get(); // Of an earlier picture, which was refused before they were asked for.
    FrameChecks.check(file, header);
    int factor = factor(header);
    try (Mat stored = opencv_imgcodecs.imread(file.toString(), mode(header, factor))) {
      if (stored.empty()) {
        throw ImageFaultException.corrupt("it cannot be decoded");
      }
      if (stored.cols() != reduce(header.width(), factor)
          || stored.rows() != reduce(header.height(), factor)) {
        throw ImageFaultException.corrupt("its sizes disagree");
      }
      if (PATCHED.stream().anyMatch(complaints.get()::contains)) {
        throw ImageFaultException.corrupt("its data end too early");
      }
      return look(stored, header.exif().orientation());
    } catch (ImageFaultException e) {
      throw e;
    } catch (RuntimeException e) { // OpenCV's own exceptions are runtime exceptions of all kinds.
      throw ImageFaultException.corrupt("it cannot be decoded");
    }
  }

  @Override
  public void close() {
    // Nothing is kept between pictures.
  }

  private static DecodedPicture look(Mat stored, int orientation) {
    try (Mat small = shrink(stored, PREVIEW_SIDE);
        Mat colour = opaque(small);
        Mat upright = turn(colour, orientation)) {
      return new DecodedPicture(hash(upright), preview(upright));
    }
  }

  private static int factor(ImageHeader header) {
    if (header.format() != ImageFormat.JPEG) {
      return 1;
    }
    int larger = Math.max(header.width(), header.height());
    int factor = 8;
    while (factor > 1 && larger / factor < SHORTEST_PREVIEW) {
      factor /= 2;
    }
    return factor;
  }

  private static int mode(ImageHeader header, int factor) {
    int colour =
        switch (factor) {
          case 8 -> opencv_imgcodecs.IMREAD_REDUCED_COLOR_8;
          case 4 -> opencv_imgcodecs.IMREAD_REDUCED_COLOR_4;
          case 2 -> opencv_imgcodecs.IMREAD_REDUCED_COLOR_2;
          default ->
              header.alpha() ? opencv_imgcodecs.IMREAD_UNCHANGED : opencv_imgcodecs.IMREAD_COLOR;
        };
    return colour == opencv_imgcodecs.IMREAD_UNCHANGED
        ? colour
        : colour | opencv_imgcodecs.IMREAD_IGNORE_ORIENTATION;
  }

  private static int reduce(int side, int factor) {
    return (side + factor - 1) / factor;
  }

  /** In eight bits, with no side longer than that. */
  private static Mat shrink(Mat stored, int longest) {
    double scale = Math.min(1, (double) longest / Math.max(stored.cols(), stored.rows()));
    Mat eightBit = new Mat();
    try (Mat small = scale < 1 ? resize(stored, scale) : stored.clone()) {
      small.convertTo(eightBit, opencv_core.CV_8U, small.elemSize1() == 2 ? 1 / 257.0 : 1, 0);
    }
    return eightBit;
  }

  private static Mat resize(Mat stored, double scale) {
    int width = Math.max(1, (int) Math.round(stored.cols() * scale));
    int height = Math.max(1, (int) Math.round(stored.rows() * scale));
    Mat small = new Mat();
    try (Size size = new Size(width, height)) {
      opencv_imgproc.resize(stored, small, size, 0, 0, opencv_imgproc.INTER_AREA);
    }
    return small;
  }

  /** Three channels, blue first; transparent parts on white. */
  private static Mat opaque(Mat small) {
    Mat colour = new Mat();
    switch (small.channels()) {
      case 1 -> opencv_imgproc.cvtColor(small, colour, opencv_imgproc.COLOR_GRAY2BGR);
      case 3 -> small.copyTo(colour);
      case 4 -> {
        byte[] pixels = bytes(small);
        byte[] blended = new byte[pixels.length / 4 * 3];
        for (int from = 0, to = 0; from < pixels.length; from += 4, to += 3) {
          int alpha = pixels[from + 3] & 0xff;
          for (int i = 0; i < 3; i++) {
            int over = (pixels[from + i] & 0xff) * alpha + WHITE * (WHITE - alpha);
            blended[to + i] = (byte) (over / WHITE);
          }
        }
        colour.create(small.rows(), small.cols(), opencv_core.CV_8UC3);
        colour.data().put(blended);
      }
      default ->
          throw ImageFaultException.unsupported("An image of " + small.channels() + " channels");
    }
    return colour;
  }

  private static Mat turn(Mat colour, int orientation) {
    Mat upright = new Mat();
    switch (orientation) {
      case 2 -> opencv_core.flip(colour, upright, 1);
      case 3 -> opencv_core.rotate(colour, upright, opencv_core.ROTATE_180);
      case 4 -> opencv_core.flip(colour, upright, 0);
      case 5 -> opencv_core.transpose(colour, upright);
      case 6 -> opencv_core.rotate(colour, upright, opencv_core.ROTATE_90_CLOCKWISE);
      case 7 -> {
        try (Mat transposed = new Mat()) {
          opencv_core.transpose(colour, transposed);
          opencv_core.rotate(transposed, upright, opencv_core.ROTATE_180);
        }
      }
      case 8 -> opencv_core.rotate(colour, upright, opencv_core.ROTATE_90_COUNTERCLOCKWISE);
      default -> colour.copyTo(upright);
    }
    return upright;
  }

  private static PerceptualHash hash(Mat upright) {
    try (Mat grey = new Mat();
        Mat luminance = new Mat()) {
      opencv_imgproc.cvtColor(upright, grey, opencv_imgproc.COLOR_BGR2GRAY);
      try (Mat small = shrink(grey, HASHED_SIDE)) {
        small.convertTo(luminance, opencv_core.CV_32F);
        return PerceptualHash.of(luminance);
      }
    }
  }

  private static Preview preview(Mat upright) {
    try (BytePointer encoded = new BytePointer();
        IntPointer quality =
            new IntPointer(opencv_imgcodecs.IMWRITE_JPEG_QUALITY, PREVIEW_QUALITY)) {
      opencv_imgcodecs.imencode(".jpg", upright, encoded, quality);
      byte[] jpeg = new byte[(int) encoded.limit()];
      encoded.get(jpeg);
      return new Preview(jpeg);
    }
  }

  private static byte[] bytes(Mat continuous) {
    byte[] pixels = new byte[Math.toIntExact(continuous.total() * continuous.elemSize())];
    continuous.data().get(pixels);
    return pixels;
  }
}
