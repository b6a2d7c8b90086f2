package io.imageaudit.worker.batch;

import java.util.List;

/**
 * What became of a batch.
 *
 * @param <O> what became of one item
 */
public sealed interface BatchAnswer<O> {

  /**
   * Every item was answered.
   *
   * @param results in the items' order
   */
  record Each<O>(List<O> results) implements BatchAnswer<O> {

    /** Copies the results. */
    public Each {
      results = List.copyOf(results);
    }
  }

  /**
   * No item was answered, whichever they are.
   *
   * @param result for each of them
   * @param overloaded whether the server has too much to do
   */
  record None<O>(O result, boolean overloaded) implements BatchAnswer<O> {}

  /**
   * The batch as such was refused or broke the server: parts of it may not.
   *
   * @param result for an item that is refused or breaks it alone
   * @param refused whether it was refused, so that its size may be the reason
   */
  record Divisible<O>(O result, boolean refused) implements BatchAnswer<O> {}
}
