package io.imageaudit.worker.image;

import io.imageaudit.model.Box;

/** A part of an image that is looked at as a picture of its own: a tile of a frame. */
public interface View {

  /**
   * The part as a model wants to be shown it. Waits until there is memory for it.
   *
   * @param memory where the tensor is made
   */
  Prepared prepare(InputSpec spec, TensorMemory memory);

  /** Where in the whole image a box of this part lies. */
  Box toImage(Box inView);
}
