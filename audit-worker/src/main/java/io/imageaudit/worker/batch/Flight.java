package io.imageaudit.worker.batch;

import io.imageaudit.worker.batch.BatchAnswer.Divisible;
import io.imageaudit.worker.batch.BatchAnswer.Each;
import io.imageaudit.worker.batch.BatchAnswer.None;
import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.IntSupplier;

/**
 * What becomes of a batch that is sent: each of its items is answered, and the limits learn from
 * how it went.
 *
 * @param <I> an item
 * @param <O> what became of an item
 */
final class Flight<I, O> {

  private final BatchCall<I, O> call;
  private final SizeLimit sizes;
  private final FlightLimit flights;
  private final LatencyModel latency;
  private final Consumer<I> release;

  Flight(
      BatchCall<I, O> call,
      SizeLimit sizes,
      FlightLimit flights,
      LatencyModel latency,
      Consumer<I> release) {
    this.call = call;
    this.sizes = sizes;
    this.flights = flights;
    this.latency = latency;
    this.release = release;
  }

  /**
   * Sends it and waits for the answers.
   *
   * @param inFlight batches under way when it has come back, this one among them
   */
  void fly(List<Waiting<I, O>> batch, IntSupplier inFlight) {
    List<I> items = batch.stream().map(Waiting::item).toList();
    Instant deadline = batch.stream().map(Waiting::deadline).max(Instant::compareTo).orElseThrow();
    try {
      List<O> results = results(items, deadline, inFlight);
      for (int index = 0; index < batch.size(); index++) {
        batch.get(index).result().complete(results.get(index));
      }
    } catch (Throwable fault) { // Whoever waits must hear of it; then the thread may end by it.
      batch.forEach(each -> each.result().completeExceptionally(fault));
      throw fault;
    } finally {
      items.forEach(release);
    }
  }

  private List<O> results(List<I> items, Instant deadline, IntSupplier inFlight) {
    long start = System.nanoTime(); // A step of the wall clock would be learned as the server's.
    return switch (call.call(items, deadline)) {
      case Each<O>(List<O> results) -> {
        learn(items.size(), Duration.ofNanos(System.nanoTime() - start), inFlight.getAsInt());
        yield results;
      }
      case None<O>(O result, boolean overloaded) -> {
        if (overloaded) {
          flights.overloaded();
        }
        yield Collections.nCopies(items.size(), result);
      }
      case Divisible<O> divisible ->
          new Bisection<>(call, sizes, deadline).divide(items, divisible);
    };
  }

  private void learn(int size, Duration took, int inFlight) {
    latency.observe(size, took);
    flights.answered(size, size >= sizes.max(), took, inFlight);
  }
}
