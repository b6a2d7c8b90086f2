package io.imageaudit.worker.image;

import java.nio.ByteBuffer;
import java.util.List;

/**
 * A picture as one model wants to be shown it.
 *
 * @param data elements in row-major order, little-endian, without the batch dimension
 * @param shape without the batch dimension; empty for an encoded picture
 * @param placement where the picture lies in it
 * @param release gives the memory back
 */
public record Prepared(ByteBuffer data, List<Integer> shape, Placement placement, Runnable release)
    implements AutoCloseable {

  /** Copies the shape. */
  public Prepared {
    shape = List.copyOf(shape);
  }

  /** Size, bytes. */
  public int bytes() {
    return data.remaining();
  }

  /** Gives the memory back; to be called once. */
  @Override
  public void close() {
    release.run();
  }
}
