package io.imageaudit.modelserver.tensor;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/**
 * A tensor as bytes: little-endian, row after row, without padding.
 *
 * @param name the name of the input or output
 * @param type the element type
 * @param shape the dimensions
 * @param data the elements between position and limit; read it through {@link #elements()}
 */
public record Tensor(String name, TensorType type, Shape shape, ByteBuffer data) {

  /** A view of the elements with a position of its own, little-endian. */
  public ByteBuffer elements() {
    return data.slice().order(ByteOrder.LITTLE_ENDIAN);
  }

  /** Number of bytes. */
  public int size() {
    return data.remaining();
  }

  /** A buffer to fill with elements. */
  public static ByteBuffer allocate(long elements, TensorType type) {
    return ByteBuffer.allocate(Math.toIntExact(elements * type.width()))
        .order(ByteOrder.LITTLE_ENDIAN);
  }
}
