package io.imageaudit.model;

/**
 * How much of an image the checks looked at. Less than all is looked at when an animation has more
 * frames, or a long picture more tiles, than the configured number.
 *
 * @param frames frames of the image, from 1
 * @param framesSeen of these, how many were looked at
 * @param tiles tiles of a frame by {@link Tiling}, from 1
 * @param tilesSeen of these, how many were looked at
 */
public record Coverage(int frames, int framesSeen, int tiles, int tilesSeen) {

  /** The only frame of a picture that is one tile, looked at. */
  public static final Coverage WHOLE = new Coverage(1, 1, 1, 1);

  /**
   * Checks the numbers.
   *
   * @throws IllegalArgumentException when more was seen than there is, or nothing is there
   */
  public Coverage {
    check("frames", frames, framesSeen);
    check("tiles", tiles, tilesSeen);
  }

  private static void check(String name, int all, int seen) {
    if (seen < 0 || all < 1 || seen > all) {
      throw new IllegalArgumentException(
          "coverage.%s: %d of %d (expected: 0..all, all >= 1)".formatted(name, seen, all));
    }
  }
}
