package io.imageaudit.worker.image;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;

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
   * Refuses, before there are pictures, what would never find room.
   *
   * @param what names the setting that asks for it
   * @throws IllegalArgumentException when it is larger than all of the memory
   */
  public void requireRoom(String what, long bytes) {
    if (bytes > capacity) {
      throw new IllegalArgumentException(
          "%s: a tensor of %d bytes (expected: at most %d, image-audit.decode.tensor-memory)"
              .formatted(what, bytes, capacity));
    }
  }

  /**
   * A block of this size, little-endian; waits until there is room for it.
   *
   * @param until when it is of no more use
   * @throws NoRoomException when there is none until then, or the worker stops
   * @throws IllegalArgumentException when it is larger than all of the memory
   */
  public synchronized ByteBuffer take(int bytes, Instant until) {
    requireRoom("tensor", bytes);
    while (taken + bytes > capacity) {
      awaitRoom(until);
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

  private void awaitRoom(Instant until) {
    long left = NoRoomException.nanosUntil(until);
    if (left <= 0) {
      throw new NoRoomException("tensors take all of their memory");
    }
    try {
      TimeUnit.NANOSECONDS.timedWait(this, left);
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
      throw new NoRoomException("the worker stops");
    }
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
