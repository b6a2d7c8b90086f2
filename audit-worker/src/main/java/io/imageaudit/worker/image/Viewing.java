package io.imageaudit.worker.image;

import java.util.List;
import java.util.stream.IntStream;

/**
 * Which parts of an image are looked at when it has more than may be: as many as may be, spread
 * evenly from the first to the last. Pure.
 *
 * @param maxFrames frames of an animation
 * @param maxTiles tiles of a long picture; of an animation as many per frame that there are no more
 *     views than the larger of both numbers
 */
record Viewing(int maxFrames, int maxTiles) {

  /** Numbers of the frames to look at, from 0, ascending. */
  List<Integer> frames(int all) {
    return spread(IntStream.range(0, all).boxed().toList(), maxFrames);
  }

  /** The tiles to look at in each of this many frames. */
  <T> List<T> tiles(List<T> all, int frames) {
    return spread(all, Math.min(maxTiles, Math.max(1, Math.max(maxFrames, maxTiles) / frames)));
  }

  private static <T> List<T> spread(List<T> all, int most) {
    if (all.size() <= most) {
      return all;
    }
    return IntStream.range(0, most)
        .mapToObj(i -> all.get(most == 1 ? 0 : (int) ((long) i * (all.size() - 1) / (most - 1))))
        .toList();
  }
}
