package io.imageaudit.worker.image;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;

/**
 * The memory that tensors may take, outside of the heap: blocks are used again, and when all of it
 * is taken the next one waits. An audit that waits here keeps its poll open, so that Kafka is not
 * asked for more than can be held.
 */
public final class TensorMemory {

  private final long capacity;
  private final Map<Integer, Deque<ByteBuffer>> free = new HashMap<>();
  private long taken;
  private long kept;

  /**
   * Makes an empty one.
   *
   * @param capacity bytes that may be taken at the same time
   */
  public TensorMemory(long capacity) {
    this.capacity = capacity;
  }

  /**
   * A block of this size, little-endian; waits until there is room for it.
   *
   * @throws IllegalArgumentException when it is larger than all of the memory
   */
  public synchronized ByteBuffer take(int bytes) {
    if (bytes > capacity) {
      throw new IllegalArgumentException(
          "tensor: " + bytes + " bytes (expected: at most " + capacity + ")");
    }
    boolean interrupted = false;
    while (taken + bytes > capacity) {
      try {
        wait();
      } catch (InterruptedException _) {
        interrupted = true;
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
    ByteBuffer block = block(bytes);
    taken += bytes; // Not before there is one: the JVM may refuse it.
    return block;
  }

  /** Gives a block back; its content may change from now on. */
  public synchronized void give(ByteBuffer block) {
    taken -= block.capacity();
    free.computeIfAbsent(block.capacity(), _ -> new ArrayDeque<>()).push(block);
    kept += block.capacity();
    notifyAll();
  }

  /** Bytes that are taken now. */
  public synchronized long taken() {
    return taken;
  }

  private ByteBuffer block(int bytes) {
    Deque<ByteBuffer> sameSize = free.get(bytes);
    ByteBuffer block = sameSize == null ? null : sameSize.poll();
    if (block != null) {
      kept -= bytes;
      return block.clear();
    }
    if (taken + bytes + kept > capacity) { // Blocks of other sizes make room.
      free.clear();
      kept = 0;
    }
    return ByteBuffer.allocateDirect(bytes).order(ByteOrder.LITTLE_ENDIAN);
  }
}
