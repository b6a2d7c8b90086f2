package io.imageaudit.worker.image;

import static org.bytedeco.opencv.global.opencv_core.CV_8U;
import static org.bytedeco.opencv.global.opencv_imgproc.COLOR_GRAY2BGR;
import static org.bytedeco.opencv.global.opencv_imgproc.INTER_AREA;
import static org.bytedeco.opencv.global.opencv_imgproc.cvtColor;
import static org.bytedeco.opencv.global.opencv_imgproc.resize;

import org.bytedeco.opencv.opencv_core.Mat;
import org.bytedeco.opencv.opencv_core.Size;

/** Makes what a decoder gives plain: three channels of eight bits, BGR, opaque, reduced. */
final class OpenCvFrame {

  private static final double DEEP_TO_EIGHT_BITS = 1 / 257.0;

  private OpenCvFrame() {}

  /** Closes what was decoded and gives the plain picture; an empty one stays as it is. */
  static Mat plain(Mat decoded, int factor) {
    return decoded.empty() ? decoded : reduced(opaque(eightBits(decoded)), factor);
  }

  private static Mat opaque(Mat shallow) {
    return switch (shallow.channels()) {
      case 1 -> gray(shallow);
      case 4 -> OpenCvAlpha.onWhite(shallow);
      default -> shallow;
    };
  }

  private static Mat reduced(Mat large, int factor) {
    if (factor == 1) {
      return large;
    }
    try (large;
        Size size = new Size(part(large.cols(), factor), part(large.rows(), factor))) {
      Mat small = new Mat();
      resize(large, small, size, 0, 0, INTER_AREA);
      return small;
    }
  }

  private static int part(int side, int factor) {
    return (side + factor - 1) / factor;
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
}
