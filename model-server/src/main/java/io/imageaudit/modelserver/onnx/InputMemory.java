package io.imageaudit.modelserver.onnx;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.SegmentAllocator;
import java.util.concurrent.ConcurrentLinkedDeque;

/**
 * Native memory that inputs are copied to before a run. It is used again by later runs: fresh pages
 * cost more than the copy, and memory that waits for the collector piles up beside a small heap. As
 * many blocks are kept as runs went on at the same time, each as large as the largest run in it.
 */
final class InputMemory implements AutoCloseable {

  private final ConcurrentLinkedDeque<Block> free = new ConcurrentLinkedDeque<>();

  /** A block of at least this size, bytes; its content is arbitrary. */
  Block take(long bytes) {
    Block block = free.poll();
    if (block != null && block.segment().byteSize() >= bytes) {
      return block;
    }
    if (block != null) {
      block.arena().close();
    }
    Arena arena = Arena.ofShared();
    return new Block(arena, arena.allocate(bytes, Long.BYTES));
  }

  /** Takes a block back; nobody uses its content any more. */
  void give(Block block) {
    free.push(block);
  }

  /** Frees all that was given back. */
  @Override
  public void close() {
    for (Block block = free.poll(); block != null; block = free.poll()) {
      block.arena().close();
    }
  }

  /**
   * One run's memory.
   *
   * @param arena frees it
   * @param segment all of it
   */
  record Block(Arena arena, MemorySegment segment) {

    /** Hands out parts of it, one after the other. */
    SegmentAllocator parts() {
      return SegmentAllocator.slicingAllocator(segment);
    }
  }
}
