package io.imageaudit.worker.image;

import io.imageaudit.model.Box;

/**
 * Where the picture lies in a model's input: input = picture * scale + offset, in pixels.
 *
 * @param pictureWidth pixels of the picture that was resized
 * @param pictureHeight pixels of the picture that was resized
 * @param scaleX input pixels per picture pixel
 * @param scaleY input pixels per picture pixel
 * @param offsetX input pixels left of the picture; negative when its left part is cut off
 * @param offsetY input pixels above the picture; negative when its upper part is cut off
 */
public record Placement(
    int pictureWidth,
    int pictureHeight,
    double scaleX,
    double scaleY,
    double offsetX,
    double offsetY) {

  /** Brings corners in input pixels back to fractions of the picture, cut at its edges. */
  public Box toPicture(double left, double top, double right, double bottom) {
    double x1 = fraction(left, offsetX, scaleX, pictureWidth);
    double y1 = fraction(top, offsetY, scaleY, pictureHeight);
    double x2 = fraction(right, offsetX, scaleX, pictureWidth);
    double y2 = fraction(bottom, offsetY, scaleY, pictureHeight);
    return new Box(x1, y1, Math.max(0, x2 - x1), Math.max(0, y2 - y1));
  }

  private static double fraction(double at, double offset, double scale, int side) {
    return Math.clamp((at - offset) / scale / side, 0.0, 1.0);
  }
}
