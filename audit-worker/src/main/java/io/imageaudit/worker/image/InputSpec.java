package io.imageaudit.worker.image;

import io.imageaudit.model.ContentDigest;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * What a model wants to be shown. A pixel's value becomes {@code (value * scale - mean) / std}.
 *
 * @param name of the input tensor
 * @param datatype of the tensor's elements
 * @param layout order of the tensor's dimensions
 * @param color order of the colour channels
 * @param width pixels
 * @param height pixels
 * @param resize how the picture is brought to that size
 * @param scale factor for values 0..255; 0.00392156862745098 gives 0..1
 * @param mean subtracted per channel, in the order of {@code color}
 * @param std divisor per channel, in the order of {@code color}
 * @param quality JPEG quality 1..100 of a picture that is sent encoded
 */
public record InputSpec(
    @DefaultValue("image") String name,
    @DefaultValue("fp32") Datatype datatype,
    @DefaultValue("nchw") Layout layout,
    @DefaultValue("rgb") ColorOrder color,
    @DefaultValue("224") int width,
    @DefaultValue("224") int height,
    @DefaultValue Resize resize,
    @DefaultValue("0.00392156862745098") double scale,
    @DefaultValue({"0", "0", "0"}) List<Double> mean,
    @DefaultValue({"1", "1", "1"}) List<Double> std,
    @DefaultValue("85") int quality) {

  private static final int MAX_SIDE = 4096;

  /** Kind of a tensor's elements. */
  public enum Datatype {
    FP32(4),
    FP16(2),
    UINT8(1),
    /** The picture as a JPEG file: the server decodes it. */
    ENCODED(0);

    private final int bytes;

    Datatype(int bytes) {
      this.bytes = bytes;
    }

    /** Size of one element, bytes; 0 when elements have no fixed size. */
    public int bytes() {
      return bytes;
    }
  }

  /** Order of a tensor's dimensions. */
  public enum Layout {
    NCHW,
    NHWC
  }

  /** Order of the colour channels. */
  public enum ColorOrder {
    RGB,
    BGR,
    GRAY
  }

  /**
   * Checks sizes and divisors.
   *
   * @throws IllegalArgumentException when one is out of range
   */
  public InputSpec {
    mean = List.copyOf(mean);
    std = List.copyOf(std);
    requireSide("width", width);
    requireSide("height", height);
    if (mean.size() != 3 || std.size() != 3 || std.contains(0.0)) {
      throw new IllegalArgumentException("mean, std: (expected: three numbers each, std not 0)");
    }
    requireCoverable(width, height, resize);
    if (quality < 1 || quality > 100) {
      throw new IllegalArgumentException("quality: " + quality + " (expected: 1..100)");
    }
  }

  /** Names this very way of preparing: the digest of all its settings, 16 digits. */
  public String identity() {
    return ContentDigest.of(toString().getBytes(StandardCharsets.UTF_8)).hex().substring(0, 16);
  }

  /** Number of colour channels. */
  public int channels() {
    return color == ColorOrder.GRAY ? 1 : 3;
  }

  /** Shape of the tensor of one picture, without the batch dimension. */
  public List<Integer> shape() {
    return layout == Layout.NCHW
        ? List.of(channels(), height, width)
        : List.of(height, width, channels());
  }

  /** Size of the tensor of one picture, bytes; an estimate when it is sent encoded. */
  public int tensorBytes() {
    return channels() * width * height * Math.max(1, datatype.bytes());
  }

  /** The side that a picture must at least have, so that reducing it costs no detail; pixels. */
  public int detail() {
    return Math.max(Math.max(width, height), resize.resizeTo());
  }

  /** What is cut out must lie within what it is cut out of, whatever the picture's shape. */
  private static void requireCoverable(int width, int height, Resize resize) {
    int to = resize.resizeTo();
    boolean enough =
        switch (resize.mode()) {
          case COVER -> to == 0 || to >= Math.max(width, height);
          case STRETCH_CROP -> to >= Math.max(width, height);
          case STRETCH, LETTERBOX, PAD -> true;
        };
    if (!enough) {
      throw new IllegalArgumentException(
          "resize.resize-to: %d (expected: at least %d, the longer side of the input, for %s)"
              .formatted(to, Math.max(width, height), resize.mode()));
    }
  }

  private static void requireSide(String field, int side) {
    if (side < 1 || side > MAX_SIDE) {
      throw new IllegalArgumentException(field + ": " + side + " (expected: 1..4096)");
    }
  }
}
