package io.imageaudit.worker.inference;

import io.imageaudit.worker.image.InputSpec;
import io.imageaudit.worker.image.Placement;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;

/**
 * Regions of text from a map that says of each pixel how much it is text. Pixels above the
 * threshold that touch are one region; its upright rectangle is enlarged by {@code area * unclip /
 * perimeter} on each side, since the map was trained on shrunken text.
 */
final class TextMapDecoder implements OutputDecoder {

  private static final int SMALLEST_SIDE = 3;
  private static final int MOST_REGIONS = 1000;

  private final OutputSpec spec;
  private final String label;
  private final InputSpec input;

  TextMapDecoder(OutputSpec spec, List<String> labels, InputSpec input) {
    this.spec = spec;
    this.label = labels.getFirst();
    this.input = input;
  }

  @Override
  public List<Detection> decode(OutputTensor output, Placement placement) {
    int sides = output.shape().size();
    if (sides < 2) {
      throw new IllegalArgumentException(
          "output: shape " + output.shape() + " (expected: [1, height, width])");
    }
    int height = Math.toIntExact(output.shape().get(sides - 2));
    int width = Math.toIntExact(output.shape().get(sides - 1));
    if (height != input.height()
        || width != input.width()
        || output.values().length != height * width) {
      throw new IllegalArgumentException(
          "output: shape %s (expected: [1, %d, %d])"
              .formatted(output.shape(), input.height(), input.width()));
    }
    float[] map = Scores.probabilities(output.values());
    List<Detection> regions = new ArrayList<>();
    BitSet seen = new BitSet(height * width);
    for (int at = 0; at < height * width && regions.size() < MOST_REGIONS; at++) {
      if (!seen.get(at) && map[at] > spec.threshold()) {
        Region region = new Region(map, width, height, seen, at);
        if (region.isText()) {
          regions.add(region.enlarged().in(placement, label));
        }
      }
    }
    return regions;
  }

  /** Pixels that touch, found from one of them. */
  private final class Region {
    private int left = Integer.MAX_VALUE;
    private int top = Integer.MAX_VALUE;
    private int right;
    private int bottom;
    private int pixels;
    private double sum;

    Region(float[] map, int width, int height, BitSet seen, int start) {
      ArrayDeque<Integer> open = new ArrayDeque<>(List.of(start));
      seen.set(start);
      while (!open.isEmpty()) {
        int at = open.remove();
        int x = at % width;
        int y = at / width;
        add(x, y, map[at]);
        for (int next : neighbours(x, y, width, height)) {
          if (next >= 0 && !seen.get(next) && map[next] > spec.threshold()) {
            seen.set(next);
            open.add(next);
          }
        }
      }
    }

    boolean isText() {
      return right - left + 1 >= SMALLEST_SIDE
          && bottom - top + 1 >= SMALLEST_SIDE
          && sum / pixels >= spec.minScore();
    }

    Candidate enlarged() {
      double width = right - left + 1.0;
      double height = bottom - top + 1.0;
      double by = width * height * spec.unclip() / (2 * (width + height));
      return new Candidate(left - by, top - by, right + 1 + by, bottom + 1 + by, 0, sum / pixels);
    }

    private void add(int x, int y, float score) {
      left = Math.min(left, x);
      top = Math.min(top, y);
      right = Math.max(right, x);
      bottom = Math.max(bottom, y);
      pixels++;
      sum += score;
    }

    private static int[] neighbours(int x, int y, int width, int height) {
      int at = y * width + x;
      return new int[] {
        x > 0 ? at - 1 : -1,
        x < width - 1 ? at + 1 : -1,
        y > 0 ? at - width : -1,
        y < height - 1 ? at + width : -1
      };
    }
  }
}
