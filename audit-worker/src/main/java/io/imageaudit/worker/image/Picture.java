package io.imageaudit.worker.image;

import io.imageaudit.model.Coverage;
import java.util.List;

/**
 * A decoded image, upright and opaque: the parts of it that are looked at. Holds memory outside of
 * the heap until it is closed.
 */
public interface Picture extends AutoCloseable {

  /** Width of a frame as decoded, pixels; may be a fraction of the file's. */
  int width();

  /** Height of a frame as decoded, pixels; may be a fraction of the file's. */
  int height();

  /** How much of the image its views show. */
  Coverage coverage();

  /** What is looked at, at least one: frame by frame, each from its start to its end. */
  List<View> views();

  @Override
  void close();
}
