package io.imageaudit.worker.batch;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Iterator;
import java.util.List;
import java.util.PriorityQueue;

/**
 * What waits, the nearest deadline first. Not safe for threads: its batcher's lock guards it.
 *
 * @param <I> an item
 * @param <O> what became of an item
 */
final class WaitingItems<I, O> {

  private final PriorityQueue<Waiting<I, O>> byDeadline =
      new PriorityQueue<>(Comparator.comparing(Waiting::deadline));

  void add(Waiting<I, O> waiting) {
    byDeadline.add(waiting);
  }

  int size() {
    return byDeadline.size();
  }

  /** The nearest deadline; there must be an item. */
  Instant nearestDeadline() {
    return byDeadline.element().deadline();
  }

  /** When the oldest item came, as {@link System#nanoTime} counts; there must be an item. */
  long oldest() {
    long oldest = byDeadline.element().since();
    for (Waiting<I, O> waiting : byDeadline) {
      oldest = waiting.since() - oldest < 0 ? waiting.since() : oldest;
    }
    return oldest;
  }

  /** Takes out up to {@code count} items, the most urgent first. */
  List<Waiting<I, O>> take(int count) {
    List<Waiting<I, O>> taken = new ArrayList<>(count);
    while (taken.size() < count && !byDeadline.isEmpty()) {
      taken.add(byDeadline.remove());
    }
    return taken;
  }

  /** Takes out all items whose deadline has passed or whose asker has gone. */
  List<Waiting<I, O>> takeUseless(Instant now) {
    List<Waiting<I, O>> useless = new ArrayList<>();
    Iterator<Waiting<I, O>> all = byDeadline.iterator();
    while (all.hasNext()) {
      Waiting<I, O> waiting = all.next();
      if (!waiting.deadline().isAfter(now) || waiting.result().isDone()) {
        useless.add(waiting);
        all.remove();
      }
    }
    return useless;
  }
}
