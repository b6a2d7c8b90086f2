package io.imageaudit.worker.batch;

import java.time.Instant;
import java.util.List;

/**
 * The call that a batch is made for.
 *
 * @param <I> an item
 * @param <O> what became of an item
 */
@FunctionalInterface
public interface BatchCall<I, O> {

  /**
   * Asks about all items at once and waits for the answer.
   *
   * @param deadline when an answer is of no more use to any of them
   */
  BatchAnswer<O> call(List<I> items, Instant deadline);

  /**
   * What becomes of a batch of several items of which not one was taken, alone or with others: it
   * is hardly the items' fault.
   *
   * @param each what became of each of them
   */
  default O noneTaken(O each) {
    return each;
  }
}
