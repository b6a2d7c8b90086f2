package io.imageaudit.intake.image;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.bytedeco.javacpp.BytePointer;
import org.bytedeco.opencv.global.opencv_core;
import org.bytedeco.opencv.global.opencv_imgcodecs;
import org.bytedeco.opencv.opencv_core.Mat;

/**
 * Sees that no frame of an animation is cut or damaged: a decoder that is asked for the first one
 * never looks at the others, and one that plays them stops where they stop making sense.
 */
final class FrameChecks {

  private FrameChecks() {}

  /**
   * Checks all frames of a file whose structure and limits are checked already.
   *
   * @throws ImageFaultException when one is not whole
   * @throws IOException when the file cannot be read
   */
  static void check(Path file, ImageHeader header) throws IOException {
    if (header.format() != ImageFormat.GIF && header.frames() == 1) {
      return;
    }
    try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ);
        Arena arena = Arena.ofConfined()) {
      Bytes bytes = Bytes.of(channel, channel.size(), arena);
      switch (header.format()) {
        case GIF -> GifFrames.check(bytes);
        case PNG -> PngFrames.check(bytes, header);
        case WEBP -> WebpFrames.forEach(bytes, FrameChecks::decode);
        case JPEG, BMP -> {
          // These have one frame.
        }
      }
    }
  }

  private static void decode(int width, int height, byte[] file) {
    try (BytePointer content = new BytePointer(file);
        Mat bytes = new Mat(1, file.length, opencv_core.CV_8U, content);
        Mat picture = opencv_imgcodecs.imdecode(bytes, opencv_imgcodecs.IMREAD_UNCHANGED)) {
      if (picture.cols() != width || picture.rows() != height) {
        throw ImageFaultException.corrupt("a frame is incomplete");
      }
    }
  }
}
