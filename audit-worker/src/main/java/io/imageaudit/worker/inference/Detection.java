package io.imageaudit.worker.inference;

import io.imageaudit.model.Box;
import io.imageaudit.worker.image.View;
import org.jspecify.annotations.Nullable;

/**
 * What a model saw.
 *
 * @param label the model's own word
 * @param score how sure it is, 0..1
 * @param box where in the picture, if it says so
 * @param text what it read, if it reads
 */
public record Detection(String label, double score, @Nullable Box box, @Nullable String text) {

  /** The same in the whole image. */
  Detection in(View view) {
    return box == null ? this : new Detection(label, score, view.toImage(box), text);
  }
}
