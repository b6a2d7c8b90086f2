package io.imageaudit.intake.image;

import io.imageaudit.model.TenantId;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * Lets as many pictures be decoded at a time as there are decoders. While they are all at work the
 * tenants take turns, so that one with many pictures, or with bad ones, costs another no more than
 * one picture's time; and nobody waits beyond a picture's deadline.
 */
final class DecodingQueue {

  private final InstantSource clock;
  private final Map<TenantId, Deque<CountDownLatch>> waiting = new LinkedHashMap<>();
  private int free;

  DecodingQueue(int decoders, InstantSource clock) {
    this.free = decoders;
    this.clock = clock;
  }

  /**
   * Waits for the picture's turn; whoever got it leaves afterwards.
   *
   * @throws JudgedTooLateException when its deadline comes first
   */
  void enter(DecodeTurn turn) throws JudgedTooLateException, InterruptedException {
    CountDownLatch granted = new CountDownLatch(1);
    ask(turn.tenant(), granted);
    boolean begins = false;
    try {
      begins = granted.await(left(turn).toNanos(), TimeUnit.NANOSECONDS) && left(turn).isPositive();
    } finally {
      if (!begins) {
        withdraw(turn.tenant(), granted);
      }
    }
    if (!begins) {
      throw new JudgedTooLateException();
    }
  }

  /** Gives the decoder to whose turn it is. */
  synchronized void leave() {
    if (waiting.isEmpty()) {
      free++;
      return;
    }
    TenantId next = waiting.keySet().iterator().next();
    Deque<CountDownLatch> pictures = Objects.requireNonNull(waiting.remove(next));
    pictures.removeFirst().countDown();
    if (!pictures.isEmpty()) {
      waiting.put(next, pictures); // At the end: the others' turns come first.
    }
  }

  /** How many pictures wait. */
  synchronized int waiting() {
    return waiting.values().stream().mapToInt(Deque::size).sum();
  }

  private synchronized void ask(TenantId tenant, CountDownLatch granted) {
    if (free > 0) {
      free--;
      granted.countDown();
    } else {
      waiting.computeIfAbsent(tenant, _ -> new ArrayDeque<>()).add(granted);
    }
  }

  /** A decoder that was given meanwhile goes to the next one. */
  private synchronized void withdraw(TenantId tenant, CountDownLatch granted) {
    if (granted.getCount() == 0) {
      leave();
      return;
    }
    waiting.computeIfPresent(
        tenant,
        (_, pictures) -> {
          pictures.remove(granted);
          return pictures.isEmpty() ? null : pictures;
        });
  }

  private Duration left(DecodeTurn turn) {
    return Duration.between(clock.instant(), turn.deadline());
  }
}
