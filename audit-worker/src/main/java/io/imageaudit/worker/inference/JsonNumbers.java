package io.imageaudit.worker.inference;

import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.JsonNode;

/** Tensors as nested JSON arrays. */
final class JsonNumbers {

  private static final int MOST = 8 << 20;

  private JsonNumbers() {}

  /**
   * All numbers in row-major order.
   *
   * @throws IllegalArgumentException when there is something else than numbers and arrays
   */
  static float[] flatten(JsonNode array) {
    List<Float> numbers = new ArrayList<>();
    collect(array, numbers);
    float[] values = new float[numbers.size()];
    for (int i = 0; i < values.length; i++) {
      values[i] = numbers.get(i);
    }
    return values;
  }

  /** Sides of the nested arrays, as far as the first element of each tells. */
  static List<Long> shape(JsonNode array) {
    List<Long> shape = new ArrayList<>();
    for (JsonNode at = array; at != null && at.isArray(); at = at.get(0)) {
      shape.add((long) at.size());
    }
    return shape;
  }

  private static void collect(JsonNode node, List<Float> into) {
    if (node.isArray()) {
      node.forEach(child -> collect(child, into));
    } else if (node.isNumber() && into.size() < MOST) {
      into.add((float) node.asDouble());
    } else {
      throw new IllegalArgumentException("data: (expected: numbers)");
    }
  }
}
