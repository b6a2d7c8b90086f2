package io.imageaudit.worker.image;

import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * How a picture is brought to a model's size.
 *
 * @param mode which part of the picture fills which part of the input
 * @param interpolation how pixels in between are made
 * @param resizeTo for COVER: length of the shorter side before the centre is cut out, pixels; 0 for
 *     the input's own size
 * @param padValue for LETTERBOX and PAD: the value 0..255 around the picture
 * @param replicate for LETTERBOX and PAD: repeat the edge instead of {@code padValue}
 */
public record Resize(
    @DefaultValue("stretch") Mode mode,
    @DefaultValue("area") Interpolation interpolation,
    @DefaultValue("0") int resizeTo,
    @DefaultValue("114") int padValue,
    @DefaultValue("false") boolean replicate) {

  /** Which part of the picture fills which part of the input. */
  public enum Mode {
    /** The whole picture, out of proportion. */
    STRETCH,
    /** In proportion, the shorter side fits, the centre is cut out. */
    COVER,
    /** Stretched to {@code resizeTo} squared, then the centre is cut out. */
    STRETCH_CROP,
    /** In proportion, the whole picture, centred. */
    LETTERBOX,
    /** In proportion, the whole picture, at the top left. */
    PAD
  }

  /** How pixels in between are made. */
  public enum Interpolation {
    NEAREST,
    BILINEAR,
    BICUBIC,
    AREA,
    LANCZOS
  }

  /**
   * Checks the numbers.
   *
   * @throws IllegalArgumentException when one is out of range
   */
  public Resize {
    if (padValue < 0 || padValue > 255) {
      throw new IllegalArgumentException("pad-value: " + padValue + " (expected: 0..255)");
    }
    if (resizeTo < 0 || resizeTo > 4096) {
      throw new IllegalArgumentException("resize-to: " + resizeTo + " (expected: 0..4096)");
    }
  }
}
