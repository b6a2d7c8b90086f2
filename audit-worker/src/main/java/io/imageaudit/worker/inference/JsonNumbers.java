package io.imageaudit.worker.inference;

import java.nio.FloatBuffer;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.JsonNode;

/** Tensors as nested JSON arrays. */
final class JsonNumbers {

  private static final int MOST = 8 << 20;

  private JsonNumbers() {}

  /**
   * All numbers, in the shape that they are written in.
   *
   * @throws IllegalArgumentException when there is something else than numbers and arrays, or
   *     arrays of different lengths beside each other
   */
  static OutputTensor tensor(JsonNode array) {
    List<Long> shape = new ArrayList<>();
    for (JsonNode at = array; at != null && at.isArray(); at = at.get(0)) {
      shape.add((long) at.size());
    }
    long elements = shape.stream().reduce(1L, Math::multiplyExact);
    if (elements > MOST) {
      throw new IllegalArgumentException("data: shape " + shape + " (expected: fewer numbers)");
    }
    FloatBuffer numbers = FloatBuffer.allocate((int) elements);
    collect(array, shape, numbers);
    return new OutputTensor(shape, numbers.array());
  }

  private static void collect(JsonNode node, List<Long> shape, FloatBuffer into) {
    if (shape.isEmpty() && node.isNumber()) {
      into.put((float) node.asDouble());
    } else if (!shape.isEmpty() && node.isArray() && node.size() == shape.getFirst()) {
      List<Long> rest = shape.subList(1, shape.size());
      node.forEach(child -> collect(child, rest, into));
    } else {
      throw new IllegalArgumentException("data: (expected: numbers, as many in each row)");
    }
  }
}
