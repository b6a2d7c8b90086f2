package io.imageaudit.worker.image;

import static org.bytedeco.opencv.global.opencv_core.CV_8UC3;

import org.bytedeco.javacpp.BytePointer;
import org.bytedeco.opencv.opencv_core.Mat;

/** Transparency over white: {@code colour * alpha + 255 * (1 - alpha)}. */
final class OpenCvAlpha {

  private OpenCvAlpha() {}

  /** Closes the picture with transparency and gives an opaque one. */
  static Mat onWhite(Mat bgra) {
    try (bgra) {
      Mat opaque = new Mat(bgra.rows(), bgra.cols(), CV_8UC3);
      byte[] from = new byte[bgra.cols() * 4];
      byte[] to = new byte[bgra.cols() * 3];
      for (int row = 0; row < bgra.rows(); row++) {
        try (BytePointer source = bgra.ptr(row);
            BytePointer target = opaque.ptr(row)) {
          source.get(from);
          blend(from, to);
          target.put(to);
        }
      }
      return opaque;
    }
  }

  private static void blend(byte[] bgra, byte[] bgr) {
    for (int from = 0, to = 0; from < bgra.length; from += 4, to += 3) {
      int alpha = bgra[from + 3] & 0xff;
      for (int channel = 0; channel < 3; channel++) {
        int color = bgra[from + channel] & 0xff;
        bgr[to + channel] = (byte) ((color * alpha + 255 * (255 - alpha) + 127) / 255);
      }
    }
  }
}
