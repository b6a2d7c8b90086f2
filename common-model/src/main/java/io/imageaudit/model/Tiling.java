package io.imageaudit.model;

import java.util.ArrayList;
import java.util.List;

/**
 * How a long picture is cut, so that a model that takes squares sees its details. A picture whose
 * sides differ by more than {@link #LONGEST_WHOLE} is covered along its longer side by squares of
 * its shorter side that overlap by at least {@link #OVERLAP} of their length, spread evenly; any
 * other picture is one tile. Intake and worker both cut by this rule.
 */
public final class Tiling {

  /** Longer by shorter side, up to which a picture is looked at as a whole. */
  public static final double LONGEST_WHOLE = 2.0;

  /** Least overlap of neighbours, as a share of a tile's side: what lies on a cut is seen whole. */
  public static final double OVERLAP = 0.2;

  private Tiling() {}

  /**
   * The tiles of a picture, from its start to its end.
   *
   * @param width pixels, from 1
   * @param height pixels, from 1
   * @return at least one, each within the picture
   * @throws IllegalArgumentException when a side is below 1
   */
  public static List<Tile> of(int width, int height) {
    if (width < 1 || height < 1) {
      throw new IllegalArgumentException(
          "size: %d x %d (expected: sides of 1 or more)".formatted(width, height));
    }
    int side = Math.min(width, height);
    int length = Math.max(width, height);
    if (length <= LONGEST_WHOLE * side) {
      return List.of(new Tile(0, 0, width, height));
    }
    int count = (int) Math.ceil((length - side) / (side * (1 - OVERLAP))) + 1;
    List<Tile> tiles = new ArrayList<>(count);
    for (int i = 0; i < count; i++) {
      int start = (int) Math.round((double) (length - side) * i / (count - 1));
      tiles.add(width > height ? new Tile(start, 0, side, side) : new Tile(0, start, side, side));
    }
    return tiles;
  }

  /**
   * A part of a picture.
   *
   * @param x left edge, pixels
   * @param y upper edge, pixels
   * @param width pixels
   * @param height pixels
   */
  public record Tile(int x, int y, int width, int height) {}
}
