package io.imageaudit.intake.image;

import java.nio.file.Path;
import org.bytedeco.opencv.global.opencv_core;
import org.bytedeco.opencv.global.opencv_imgcodecs;
import org.bytedeco.opencv.opencv_core.Mat;

/**
 * Decodes with OpenCV. A JPEG is reduced while it is decoded, to an eighth where it is large: all
 * of its data are read either way. The sizes that the decoder finds must be those of the header, so
 * that a file which two readers read differently is refused.
 */
final class OpenCvPixelDecoder implements PixelDecoder {

  private static final int AMPLE_SIDE = 1024;
  private static final int REDUCTION = 8;

  OpenCvPixelDecoder() {
    opencv_core.setNumThreads(1);
  }

  @Override
  public void decode(Path file, ImageHeader header) {
    boolean reduced =
        header.format() == ImageFormat.JPEG
            && Math.min(header.width(), header.height()) >= AMPLE_SIDE;
    int mode =
        (reduced ? opencv_imgcodecs.IMREAD_REDUCED_COLOR_8 : opencv_imgcodecs.IMREAD_COLOR)
            | opencv_imgcodecs.IMREAD_IGNORE_ORIENTATION;
    int factor = reduced ? REDUCTION : 1;
    try (Mat picture = opencv_imgcodecs.imread(file.toString(), mode)) {
      if (picture.empty()) {
        throw ImageFaultException.corrupt("it cannot be decoded");
      }
      if (picture.cols() != reduce(header.width(), factor)
          || picture.rows() != reduce(header.height(), factor)) {
        throw ImageFaultException.corrupt("its sizes disagree");
      }
    } catch (RuntimeException e) {
      throw e instanceof ImageFaultException
          ? e
          : ImageFaultException.corrupt("it cannot be decoded");
    }
  }

  private static int reduce(int side, int factor) {
    return (side + factor - 1) / factor;
  }
}
