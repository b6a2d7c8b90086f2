package io.imageaudit.worker.image;

import io.imageaudit.model.Box;
import java.time.Instant;

/** A part of an image that is looked at as a picture of its own: a tile of a frame. */
public interface View {

  /**
   * The part as a model wants to be shown it. Waits until there is memory for it.
   *
   * @param memory where the tensor is made
   * @param until when it is of no more use
   * @throws NoRoomException when there is no memory until then, or the worker stops
   */
  Prepared prepare(InputSpec spec, TensorMemory memory, Instant until);

  /** The same, where no audit waits for it. */
  default Prepared prepare(InputSpec spec, TensorMemory memory) {
    return prepare(spec, memory, Instant.MAX);
  }

  /** Where in the whole image a box of this part lies. */
  Box toImage(Box inView);
}
