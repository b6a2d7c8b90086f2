package io.imageaudit.modelserver.tensor;

import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;

/**
 * The dimensions of a tensor, outermost first.
 *
 * @param dimensions sizes; -1 where a model leaves the size open
 */
public record Shape(List<Long> dimensions) {

  /** Copies the dimensions. */
  public Shape {
    dimensions = List.copyOf(dimensions);
  }

  /** A shape of these dimensions. */
  public static Shape of(long... dimensions) {
    return new Shape(Arrays.stream(dimensions).boxed().toList());
  }

  /** The outermost dimension, 1 for a scalar. */
  public long rows() {
    return dimensions.isEmpty() ? 1 : dimensions.getFirst();
  }

  /** Whether the outermost dimension is open, so that calls choose how many rows they bring. */
  public boolean hasOpenBatch() {
    return !dimensions.isEmpty() && dimensions.getFirst() == -1;
  }

  /**
   * How many elements a tensor of this shape has.
   *
   * @throws ArithmeticException when that is more than a long can say, or a dimension is negative
   */
  public long elements() {
    long product = 1;
    for (long dimension : dimensions) {
      if (dimension < 0) {
        throw new ArithmeticException("dimension " + dimension);
      }
      product = Math.multiplyExact(product, dimension);
    }
    return product;
  }

  /** Whether a tensor of {@code actual} shape fits this one, whose open dimensions fit any size. */
  public boolean fits(Shape actual) {
    if (dimensions.size() != actual.dimensions.size()) {
      return false;
    }
    for (int i = 0; i < dimensions.size(); i++) {
      long expected = dimensions.get(i);
      long given = actual.dimensions.get(i);
      if (expected == -1 ? given < 0 : expected != given) {
        return false;
      }
    }
    return true;
  }

  /** This shape with another number of rows. */
  public Shape withRows(long rows) {
    long[] changed = toArray();
    changed[0] = rows;
    return of(changed);
  }

  /** The dimensions as a new array. */
  public long[] toArray() {
    return dimensions.stream().mapToLong(Long::longValue).toArray();
  }

  @Override
  public String toString() {
    return dimensions.stream().map(String::valueOf).collect(Collectors.joining(",", "[", "]"));
  }
}
