package io.imageaudit.worker.inference;

import java.util.List;

/**
 * A tensor of an answer, its elements widened to {@code float}.
 *
 * @param shape first the batch dimension, if there is one
 * @param values in row-major order
 */
@SuppressWarnings("ArrayRecordComponent") // Millions of elements; never compared.
record OutputTensor(List<Long> shape, float[] values) {

  /**
   * Checks that the shape fits the values.
   *
   * @throws IllegalArgumentException when it does not
   */
  OutputTensor {
    shape = List.copyOf(shape);
    long elements = 1;
    for (long side : shape) {
      if (side < 0 || side > Integer.MAX_VALUE) {
        throw new IllegalArgumentException("shape: " + shape + " (expected: known sides)");
      }
      elements = Math.multiplyExact(elements, side);
    }
    if (elements != values.length) {
      throw new IllegalArgumentException(
          "shape: " + shape + " (expected: " + values.length + " elements)");
    }
  }

  /** Number of rows: the batch dimension. */
  int rows() {
    return shape.isEmpty() ? 1 : Math.toIntExact(shape.getFirst());
  }

  /** One item's part, without the batch dimension. */
  OutputTensor row(int index) {
    int width = rows() == 0 ? 0 : values.length / rows();
    float[] part = new float[width];
    System.arraycopy(values, index * width, part, 0, width);
    return new OutputTensor(shape.isEmpty() ? shape : shape.subList(1, shape.size()), part);
  }
}
