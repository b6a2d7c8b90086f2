package io.imageaudit.worker.inference;

import io.imageaudit.model.TraceParent;
import io.imageaudit.worker.image.Prepared;
import java.time.Instant;
import java.util.List;

/**
 * Pictures that are looked at in one call.
 *
 * @param items at least one, all of the same shape
 * @param deadline when an answer is of no more use to any of them
 * @param trace the step that asks
 */
record InferenceBatch(List<Prepared> items, Instant deadline, TraceParent trace) {

  /** Copies the items. */
  InferenceBatch {
    items = List.copyOf(items);
  }

  int size() {
    return items.size();
  }

  InferenceBatch until(Instant earlier) {
    return new InferenceBatch(items, earlier, trace);
  }
}
