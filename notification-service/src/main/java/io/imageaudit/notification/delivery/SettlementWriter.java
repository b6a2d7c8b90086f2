package io.imageaudit.notification.delivery;

import io.imageaudit.model.kafka.TransientFaults;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Writes what came of attempts, many at a time. While the database is away it keeps them and tries
 * again; what it cannot write before the lease ends is attempted again by whoever claims it next.
 * One that can never be written stops no other.
 */
final class SettlementWriter {

  private static final Logger LOG = LoggerFactory.getLogger(SettlementWriter.class);
  private static final int MOST_AT_A_TIME = 256;
  private static final Duration PACE = Duration.ofMillis(5);
  private static final Duration PATIENCE = Duration.ofSeconds(5);

  private final Settlements settlements;
  private final HeldClaims held;
  private final Nudge pump;
  private final Consumer<List<UUID>> ended;
  private final Loop loop;
  private final LinkedBlockingQueue<Settlement> queue = new LinkedBlockingQueue<>();
  private final AtomicInteger waiting = new AtomicInteger();
  private final List<Settlement> batch = new ArrayList<>();

  private volatile boolean failing;

  /**
   * Makes a writer.
   *
   * @param held forgets what has been written
   * @param pump woken when there is room for more
   * @param ended hears of the deliveries that have ended
   */
  SettlementWriter(
      Settlements settlements, HeldClaims held, Nudge pump, Consumer<List<UUID>> ended) {
    this.settlements = settlements;
    this.held = held;
    this.pump = pump;
    this.ended = ended;
    this.loop = new Loop("delivery-settlements", Duration.ZERO, PACE, new Nudge(), this::round);
  }

  void start() {
    loop.start();
  }

  void add(Settlement settlement) {
    waiting.incrementAndGet();
    queue.add(settlement);
  }

  /** How many attempts wait to be written. */
  int waiting() {
    return waiting.get();
  }

  /** Whether the last write failed. */
  boolean isFailing() {
    return failing;
  }

  private boolean round() {
    if (batch.isEmpty()) {
      awaitOne();
      fill();
    }
    if (!batch.isEmpty()) {
      write();
      pump.now();
    }
    return true;
  }

  private void awaitOne() {
    try {
      Settlement first = queue.poll(100, TimeUnit.MILLISECONDS);
      if (first != null) {
        batch.add(first);
      }
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
  }

  private void fill() {
    queue.drainTo(batch, MOST_AT_A_TIME - batch.size());
  }

  private void write() {
    boolean written = false;
    try {
      writeTogetherOrOneByOne();
      written = true;
    } finally {
      failing = !written;
    }
  }

  private void writeTogetherOrOneByOne() {
    try {
      settle(List.copyOf(batch));
    } catch (RuntimeException e) {
      if (TransientFaults.passesByItself(e)) {
        throw e;
      }
      LOG.warn("{} attempts cannot be settled together: they are one by one", batch.size(), e);
      while (!batch.isEmpty()) {
        settleOrDrop(batch.getFirst());
      }
    }
  }

  private void settleOrDrop(Settlement one) {
    try {
      settle(List.of(one));
    } catch (RuntimeException e) {
      if (TransientFaults.passesByItself(e)) {
        throw e;
      }
      LOG.error(
          "what came of delivery {} cannot be written; it is made again in an hour",
          one.claim().deliveryId(),
          e);
      putOff(one);
    }
  }

  private void putOff(Settlement one) {
    try {
      settlements.putOff(one.claim());
    } finally {
      forget(1);
    }
  }

  /** Settles some that the batch begins with. */
  private void settle(List<Settlement> some) {
    ended.accept(settlements.settle(some));
    forget(some.size());
  }

  private void forget(int howMany) {
    List<Settlement> first = batch.subList(0, howMany);
    first.forEach(settlement -> held.remove(settlement.claim()));
    first.clear();
    waiting.addAndGet(-howMany);
  }

  /** Ends the thread, then writes what is left, unless the thread is still writing itself. */
  void stop() {
    if (!loop.stop(PATIENCE)) {
      LOG.warn("{} attempts may not be settled; they are made again", waiting());
      return;
    }
    try {
      for (fill(); !batch.isEmpty(); fill()) {
        write();
      }
    } catch (RuntimeException e) {
      LOG.warn("{} attempts cannot be settled; they are made again", waiting(), e);
    }
  }
}
