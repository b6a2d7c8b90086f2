package io.imageaudit.worker.image;

import static org.bytedeco.opencv.global.opencv_imgcodecs.IMWRITE_JPEG_QUALITY;
import static org.bytedeco.opencv.global.opencv_imgcodecs.imencode;
import static org.bytedeco.opencv.global.opencv_imgproc.COLOR_BGR2GRAY;
import static org.bytedeco.opencv.global.opencv_imgproc.cvtColor;

import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.List;
import org.bytedeco.javacpp.BytePointer;
import org.bytedeco.javacpp.IntPointer;
import org.bytedeco.opencv.opencv_core.Mat;

/** Makes tensors of pictures that have the input's size already. */
final class OpenCvTensors {

  private static final int LEVELS = 256;

  private OpenCvTensors() {}

  static Prepared of(
      Mat bgr, InputSpec spec, Placement placement, TensorMemory memory, Instant until) {
    if (spec.datatype() == InputSpec.Datatype.ENCODED) {
      return new Prepared(jpeg(bgr, spec.quality()), List.of(), placement, () -> {});
    }
    byte[] pixels = pixels(bgr, spec);
    ByteBuffer tensor = memory.take(spec.tensorBytes(), until);
    for (int channel = 0; channel < spec.channels(); channel++) {
      fill(tensor, pixels, channel, spec);
    }
    return new Prepared(tensor, spec.shape(), placement, () -> memory.give(tensor));
  }

  private static void fill(ByteBuffer tensor, byte[] pixels, int channel, InputSpec spec) {
    int channels = spec.channels();
    int from = spec.color() == InputSpec.ColorOrder.RGB ? 2 - channel : channel;
    boolean planes = spec.layout() == InputSpec.Layout.NCHW;
    int count = pixels.length / channels;
    int start = planes ? channel * count : channel;
    int step = planes ? 1 : channels;
    switch (spec.datatype()) {
      case FP32 -> {
        float[] value = levels(spec, channel);
        for (int i = 0, to = start; i < count; i++, to += step) {
          tensor.putFloat(to << 2, value[pixels[i * channels + from] & 0xff]);
        }
      }
      case FP16 -> {
        float[] value = levels(spec, channel);
        for (int i = 0, to = start; i < count; i++, to += step) {
          float level = value[pixels[i * channels + from] & 0xff];
          tensor.putShort(to << 1, Float.floatToFloat16(level));
        }
      }
      case UINT8 -> {
        for (int i = 0, to = start; i < count; i++, to += step) {
          tensor.put(to, pixels[i * channels + from]);
        }
      }
      case ENCODED -> throw new IllegalArgumentException("an encoded picture has no elements");
    }
  }

  /** What each of a channel's 256 levels becomes. */
  private static float[] levels(InputSpec spec, int channel) {
    float[] value = new float[LEVELS];
    double mean = spec.mean().get(channel);
    double std = spec.std().get(channel);
    for (int level = 0; level < LEVELS; level++) {
      value[level] = (float) ((level * spec.scale() - mean) / std);
    }
    return value;
  }

  private static byte[] pixels(Mat bgr, InputSpec spec) {
    if (spec.color() != InputSpec.ColorOrder.GRAY) {
      return bytes(bgr, 3);
    }
    try (Mat gray = new Mat()) {
      cvtColor(bgr, gray, COLOR_BGR2GRAY);
      return bytes(gray, 1);
    }
  }

  private static byte[] bytes(Mat mat, int channels) {
    byte[] all = new byte[mat.rows() * mat.cols() * channels];
    int row = mat.cols() * channels;
    for (int y = 0; y < mat.rows(); y++) {
      try (BytePointer line = mat.ptr(y)) {
        line.get(all, y * row, row);
      }
    }
    return all;
  }

  private static ByteBuffer jpeg(Mat bgr, int quality) {
    try (BytePointer file = new BytePointer();
        IntPointer parameters = new IntPointer(IMWRITE_JPEG_QUALITY, quality)) {
      imencode(".jpg", bgr, file, parameters);
      byte[] bytes = new byte[(int) file.limit()];
      file.get(bytes);
      return ByteBuffer.wrap(bytes);
    }
  }
}
