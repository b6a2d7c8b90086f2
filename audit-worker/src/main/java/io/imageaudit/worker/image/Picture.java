package io.imageaudit.worker.image;

/** A decoded picture, upright and opaque. Holds memory outside of the heap until it is closed. */
public interface Picture extends AutoCloseable {

  /** Width as decoded, pixels; may be a fraction of the file's. */
  int width();

  /** Height as decoded, pixels; may be a fraction of the file's. */
  int height();

  /**
   * The picture as a model wants to be shown it. Waits until there is memory for it.
   *
   * @param memory where the tensor is made
   */
  Prepared prepare(InputSpec spec, TensorMemory memory);

  @Override
  void close();
}
