package io.imageaudit.worker.image;

import static org.bytedeco.opencv.global.opencv_core.BORDER_CONSTANT;
import static org.bytedeco.opencv.global.opencv_core.BORDER_REPLICATE;
import static org.bytedeco.opencv.global.opencv_core.copyMakeBorder;
import static org.bytedeco.opencv.global.opencv_imgproc.INTER_AREA;
import static org.bytedeco.opencv.global.opencv_imgproc.INTER_CUBIC;
import static org.bytedeco.opencv.global.opencv_imgproc.INTER_LANCZOS4;
import static org.bytedeco.opencv.global.opencv_imgproc.INTER_LINEAR;
import static org.bytedeco.opencv.global.opencv_imgproc.INTER_NEAREST;
import static org.bytedeco.opencv.global.opencv_imgproc.resize;

import io.imageaudit.model.Box;
import io.imageaudit.model.Tiling.Tile;
import java.time.Instant;
import org.bytedeco.opencv.opencv_core.Mat;
import org.bytedeco.opencv.opencv_core.Rect;
import org.bytedeco.opencv.opencv_core.Scalar;
import org.bytedeco.opencv.opencv_core.Size;

/** A tile of a frame in OpenCV's memory, three channels of eight bits, BGR. */
final class OpenCvView implements View {

  private final Mat frame;
  private final Tile tile;

  OpenCvView(Mat frame, Tile tile) {
    this.frame = frame;
    this.tile = tile;
  }

  @Override
  public Prepared prepare(InputSpec spec, TensorMemory memory, Instant until) {
    Placement placement = placement(spec);
    try (Rect part = new Rect(tile.x(), tile.y(), tile.width(), tile.height());
        Mat bgr = new Mat(frame, part);
        Mat input = fit(bgr, spec, placement)) {
      return OpenCvTensors.of(input, spec, placement, memory, until);
    }
  }

  @Override
  public Box toImage(Box inView) {
    double scaleX = tile.width() / (double) frame.cols();
    double scaleY = tile.height() / (double) frame.rows();
    return new Box(
        tile.x() / (double) frame.cols() + inView.x() * scaleX,
        tile.y() / (double) frame.rows() + inView.y() * scaleY,
        inView.width() * scaleX,
        inView.height() * scaleY);
  }

  /** Where the picture lies in the input. */
  private Placement placement(InputSpec spec) {
    Resize how = spec.resize();
    return switch (how.mode()) {
      case STRETCH -> placed(spec.width(), spec.height(), spec, 0.5);
      case STRETCH_CROP -> placed(how.resizeTo(), how.resizeTo(), spec, 0.5);
      case COVER -> {
        int shorter = how.resizeTo() == 0 ? Math.max(spec.width(), spec.height()) : how.resizeTo();
        double scale = shorter / (double) Math.min(tile.width(), tile.height());
        yield placed(rounded(tile.width() * scale), rounded(tile.height() * scale), spec, 0.5);
      }
      case LETTERBOX -> contained(spec, 0.5);
      case PAD -> contained(spec, 0);
    };
  }

  private Placement contained(InputSpec spec, double anchor) {
    double scale =
        Math.min(spec.width() / (double) tile.width(), spec.height() / (double) tile.height());
    return placed(rounded(tile.width() * scale), rounded(tile.height() * scale), spec, anchor);
  }

  private Placement placed(int toWidth, int toHeight, InputSpec spec, double anchor) {
    return new Placement(
        tile.width(),
        tile.height(),
        toWidth / (double) tile.width(),
        toHeight / (double) tile.height(),
        Math.floor((spec.width() - toWidth) * anchor),
        Math.floor((spec.height() - toHeight) * anchor));
  }

  private Mat fit(Mat bgr, InputSpec spec, Placement at) {
    int toWidth = rounded(tile.width() * at.scaleX());
    int toHeight = rounded(tile.height() * at.scaleY());
    Mat resized = new Mat();
    try (Size size = new Size(toWidth, toHeight)) {
      resize(bgr, resized, size, 0, 0, flag(spec.resize().interpolation()));
    }
    if (toWidth == spec.width() && toHeight == spec.height()) {
      return resized;
    }
    try (resized) {
      return at.offsetX() < 0 || at.offsetY() < 0
          ? cut(resized, spec, at)
          : surrounded(resized, spec, at);
    }
  }

  private static Mat cut(Mat resized, InputSpec spec, Placement at) {
    int left = (int) Math.max(0, -at.offsetX());
    int top = (int) Math.max(0, -at.offsetY());
    try (Rect centre = new Rect(left, top, spec.width(), spec.height());
        Mat view = new Mat(resized, centre)) {
      return view.clone();
    }
  }

  private static Mat surrounded(Mat resized, InputSpec spec, Placement at) {
    int left = (int) at.offsetX();
    int top = (int) at.offsetY();
    int right = spec.width() - left - resized.cols();
    int bottom = spec.height() - top - resized.rows();
    int border = spec.resize().replicate() ? BORDER_REPLICATE : BORDER_CONSTANT;
    Mat whole = new Mat();
    try (Scalar value = Scalar.all(spec.resize().padValue())) {
      copyMakeBorder(resized, whole, top, bottom, left, right, border, value);
    }
    return whole;
  }

  private static int flag(Resize.Interpolation interpolation) {
    return switch (interpolation) {
      case NEAREST -> INTER_NEAREST;
      case BILINEAR -> INTER_LINEAR;
      case BICUBIC -> INTER_CUBIC;
      case AREA -> INTER_AREA;
      case LANCZOS -> INTER_LANCZOS4;
    };
  }

  private static int rounded(double length) {
    return Math.max(1, (int) Math.round(length));
  }
}
