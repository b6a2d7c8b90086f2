package io.imageaudit.worker.batch;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import java.util.function.IntSupplier;

/**
 * Gathers items into batches and sends them, as {@link SendRule} says: whoever brings an item or an
 * answer sends what may go now, and a thread of its own what may go after a while. Each batch that
 * goes has a thread of its own.
 *
 * @param <I> an item
 * @param <O> what became of an item
 */
public final class Batcher<I, O> implements AutoCloseable {

  private static final Duration MARGIN = Duration.ofMillis(5);

  private final O late;
  private final Consumer<I> release;
  private final InstantSource clock;
  private final int maxQueue;
  private final SendRule rule;
  private final FlightLimit flights;
  private final SizeLimit sizes;
  private final LatencyModel latency = new LatencyModel();
  private final Flight<I, O> flight;

  private final ReentrantLock lock = new ReentrantLock();
  private final Condition changed = lock.newCondition();
  private final Condition room = lock.newCondition();
  private final WaitingItems<I, O> waiting = new WaitingItems<>();
  private int inFlight;
  private boolean closed;

  /**
   * Starts it.
   *
   * @param name of its thread
   * @param late what becomes of an item that is not answered before its deadline
   * @param release called once for each item, when nobody uses it any more
   */
  public Batcher(
      String name,
      BatchSettings settings,
      BatchCall<I, O> call,
      O late,
      Consumer<I> release,
      InstantSource clock) {
    this.late = late;
    this.release = release;
    this.clock = clock;
    this.maxQueue = settings.maxQueue();
    this.rule = new SendRule(settings.linger(), MARGIN);
    this.flights = new FlightLimit(settings.inFlight(), settings.maxInFlight(), settings.adapt());
    this.sizes = new SizeLimit(settings.max());
    this.flight = new Flight<>(call, sizes, flights, latency, release);
    Thread.ofPlatform().daemon().name("batches-" + name).start(this::dispatch);
  }

  /** Asks about an item and waits until it is answered, or its deadline has passed. */
  public O ask(I item, Instant deadline) {
    Waiting<I, O> mine =
        new Waiting<>(item, System.nanoTime(), deadline, new CompletableFuture<>());
    if (!enqueue(mine)) {
      release.accept(item);
      return late;
    }
    Duration left = Duration.between(clock.instant(), deadline);
    try {
      return mine.result().get(Math.max(0, left.toNanos()), TimeUnit.NANOSECONDS);
    } catch (TimeoutException _) {
      mine.result().complete(late);
      return mine.result().join();
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
      mine.result().complete(late);
      return mine.result().join();
    } catch (ExecutionException e) {
      throw new IllegalStateException("a batch is broken", e.getCause());
    }
  }

  /** Items that wait to be sent. */
  public int queued() {
    return locked(waiting::size);
  }

  /** Batches under way. */
  public int inFlight() {
    return locked(() -> inFlight);
  }

  /** Batches that may be under way. */
  public int limit() {
    return flights.limit();
  }

  /** Items that a batch may have. */
  public int maxSize() {
    return sizes.max();
  }

  /** Sends nothing more; what waits is late. */
  @Override
  public void close() {
    lock.lock();
    try {
      closed = true;
      waiting.take(waiting.size()).forEach(this::drop);
      changed.signalAll();
      room.signalAll();
    } finally {
      lock.unlock();
    }
  }

  private boolean enqueue(Waiting<I, O> mine) {
    lock.lock();
    try {
      while (waiting.size() >= maxQueue && !closed) {
        long left = Duration.between(clock.instant(), mine.deadline()).toNanos();
        if (room.awaitNanos(left) <= 0) {
          room.signal(); // Perhaps this one was meant to take the room that there is.
          return false;
        }
      }
      if (closed) {
        return false;
      }
      waiting.add(mine);
      sendReady();
      return true;
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
      return false;
    } finally {
      lock.unlock();
    }
  }

  private void dispatch() {
    lock.lock();
    try {
      while (!closed) {
        Duration wait = sendReady();
        if (wait.isNegative()) {
          changed.await();
        } else {
          changed.awaitNanos(wait.toNanos());
        }
      }
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    } finally {
      lock.unlock();
    }
  }

  /** Sends what may go now; the time until the next batch may, negative when a change must tell. */
  private Duration sendReady() {
    Duration wait = Duration.ZERO;
    while (wait.isZero() && !closed) {
      waiting.takeUseless(clock.instant().plus(leastTime())).forEach(this::drop);
      wait = untilNext();
      if (wait.isZero()) {
        send();
      }
    }
    if (wait.isPositive()) {
      changed.signal();
    }
    return wait;
  }

  /**
   * The time that an item must have left to be worth sending. While more wait than a batch holds,
   * that is what a full batch takes: sending small batches for the few that could not wait for a
   * full one would cost all others more time than there is, and an overloaded server would answer
   * less the more it is asked.
   */
  private Duration leastTime() {
    return waiting.size() <= sizes.max()
        ? Duration.ZERO
        : latency.expected(sizes.max()).plus(MARGIN);
  }

  /** Time until the next batch may go; negative when only a change can tell. */
  private Duration untilNext() {
    if (waiting.size() == 0 || inFlight >= flights.limit()) {
      return Duration.ofNanos(-1);
    }
    Instant now = clock.instant();
    return rule.waitFor(
        waiting.size(),
        sizes.max(),
        Duration.ofNanos(System.nanoTime() - waiting.oldest()),
        Duration.between(now, waiting.nearestDeadline()),
        latency.expected(waiting.size()),
        inFlight,
        flights.limit());
  }

  private void send() {
    Duration budget = Duration.between(clock.instant(), waiting.nearestDeadline()).minus(MARGIN);
    int size = latency.largestWithin(budget, Math.min(sizes.max(), waiting.size()));
    List<Waiting<I, O>> batch = waiting.take(size);
    inFlight++;
    signalRoom(size);
    Thread.ofVirtual()
        .name("batch")
        .start(() -> {
          try {
            flight.fly(batch, this::inFlight);
          } finally {
            landed();
          }
        });
  }

  private void landed() {
    lock.lock();
    try {
      inFlight--;
      sendReady();
    } finally {
      lock.unlock();
    }
  }

  /** Lets as many in as have left; waking all who wait would cost more the more there are. */
  private void signalRoom(int left) {
    for (int i = 0; i < left; i++) {
      room.signal();
    }
  }

  private void drop(Waiting<I, O> useless) {
    room.signal();
    useless.result().complete(late);
    release.accept(useless.item());
  }

  private int locked(IntSupplier value) {
    lock.lock();
    try {
      return value.getAsInt();
    } finally {
      lock.unlock();
    }
  }
}
