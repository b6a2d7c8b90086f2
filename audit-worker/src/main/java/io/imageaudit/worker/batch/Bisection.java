package io.imageaudit.worker.batch;

import io.imageaudit.worker.batch.BatchAnswer.Divisible;
import io.imageaudit.worker.batch.BatchAnswer.Each;
import io.imageaudit.worker.batch.BatchAnswer.None;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/**
 * Finds the items that break a batch by halving it: one bad item among n costs about 2 log2(n)
 * calls, and all others are answered. When no part has been taken after log2(n) + 2 calls it is the
 * server that is broken, not an item, and it is left in peace.
 *
 * @param <I> an item
 * @param <O> what became of an item
 */
final class Bisection<I, O> {

  private final BatchCall<I, O> call;
  private final SizeLimit sizes;
  private final Instant deadline;
  private int taken;
  private int broken;
  private int badItems;
  private int unanswered;
  private int patience;
  private int largestTaken;

  Bisection(BatchCall<I, O> call, SizeLimit sizes, Instant deadline) {
    this.call = call;
    this.sizes = sizes;
    this.deadline = deadline;
  }

  /** What became of each item of a batch that was refused or broke the server as a whole. */
  List<O> divide(List<I> batch, Divisible<O> whole) {
    if (batch.size() == 1) {
      return List.of(whole.result());
    }
    patience = 32 - Integer.numberOfLeadingZeros(batch.size()) + 2;
    List<O> results = new ArrayList<>(halves(batch, whole));
    if (taken == 0 && unanswered == 0) {
      return Collections.nCopies(batch.size(), call.noneTaken(whole.result()));
    }
    boolean onlyTooLarge = whole.refused() && taken > 0 && badItems == 0 && unanswered == 0;
    if (onlyTooLarge) {
      sizes.learn(largestTaken);
    }
    return results;
  }

  private List<O> halves(List<I> batch, Divisible<O> whole) {
    int middle = (batch.size() + 1) / 2;
    List<O> results = new ArrayList<>();
    results.addAll(part(batch.subList(0, middle), whole));
    results.addAll(part(batch.subList(middle, batch.size()), whole));
    return results;
  }

  private List<O> part(List<I> items, Divisible<O> whole) {
    if (taken == 0 && broken >= patience) {
      return Collections.nCopies(items.size(), whole.result());
    }
    return switch (call.call(List.copyOf(items), deadline)) {
      case Each<O>(List<O> results) -> {
        taken++;
        largestTaken = Math.max(largestTaken, items.size());
        yield results;
      }
      case None<O>(O result, boolean _) -> {
        unanswered++;
        yield Collections.nCopies(items.size(), result);
      }
      case Divisible<O> divisible when items.size() == 1 -> {
        broken++;
        badItems++;
        yield List.of(divisible.result());
      }
      case Divisible<O> divisible -> {
        broken++;
        yield halves(items, divisible);
      }
    };
  }
}
