package io.imageaudit.notification.delivery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.imageaudit.model.TenantId;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Function;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class DeliveryPumpTest {

  private static final Duration LEASE = Duration.ofMillis(400);
  private static final int MOST_IN_FLIGHT = 2;

  private final MemoryQueue queue = new MemoryQueue();
  private final List<UUID> sent = new CopyOnWriteArrayList<>();
  private final AtomicLong suspended = new AtomicLong();
  private final CountDownLatch answer = new CountDownLatch(1);
  private final List<DeliveryPump> pumps = new ArrayList<>();

  @AfterEach
  void stop() {
    answer.countDown();
    queue.away = false;
    pumps.forEach(DeliveryPump::stop);
  }

  @Test
  void an_error_of_an_attempt_frees_its_place_and_its_claim() {
    Claim broken = queue.plan();
    List<Claim> others = List.of(queue.plan(), queue.plan(), queue.plan());
    pump(claim -> {
      if (claim.equals(broken)) {
        throw new StackOverflowError();
      }
      return send(claim);
    });
    await().until(() -> queue.settled.size() == others.size());

    int renewals = queue.renewed.size();
    await().until(() -> queue.renewed.size() >= renewals + 8);
    assertThat(queue.renewed.getLast()).isEmpty();
  }

  @Test
  void what_cannot_be_settled_is_put_off_and_stops_no_other() {
    Claim bad = queue.plan();
    queue.unwritable.add(bad.deliveryId());
    List<UUID> good = new ArrayList<>();
    for (int i = 0; i < 10; i++) {
      good.add(queue.plan().deliveryId());
    }
    pump(this::send);
    await().until(() -> queue.settled.size() == good.size());
    assertThat(queue.settled).containsExactlyInAnyOrderElementsOf(good);
    await().until(() -> !queue.putOff.isEmpty());
    assertThat(queue.putOff).containsExactly(bad.deliveryId());

    int renewals = queue.renewed.size();
    await().until(() -> queue.renewed.size() >= renewals + 8);
    assertThat(queue.renewed.getLast()).isEmpty();
  }

  @Test
  void nothing_is_claimed_while_nothing_can_be_settled() {
    for (int i = 0; i < 10; i++) {
      queue.plan();
    }
    pump(claim -> {
      queue.away = true;
      return send(claim);
    });
    await().until(() -> queue.calls.stream().filter("settle in vain"::equals).count() >= 3);
    assertThat(sent).hasSizeLessThanOrEqualTo(MOST_IN_FLIGHT);
  }

  @Test
  void after_an_outage_what_was_answered_is_settled_and_renewed_before_anything_is_claimed() {
    queue.plan();
    queue.plan();
    pump(claim -> {
      queue.away = true;
      return send(claim);
    });
    await().until(() -> sent.size() == 2);
    await().until(() -> queue.calls.stream().filter("settle in vain"::equals).count() >= 2);
    int before = queue.calls.size();
    queue.away = false;
    await().until(() -> callsSince(before).contains("claim"));

    List<String> since = callsSince(before);
    List<String> first = since.subList(0, since.indexOf("claim"));
    assertThat(first).contains("settle", "renew");
    assertThat(queue.settled).containsExactlyInAnyOrderElementsOf(sent);
  }

  @Test
  void after_a_claim_in_vain_the_others_have_time_to_settle() {
    queue.away = true;
    pump(this::send);
    await().until(() -> queue.calls.contains("claim in vain"));
    int before = queue.calls.size();
    queue.away = false;
    await().until(() -> callsSince(before).contains("claim"));

    List<String> since = callsSince(before);
    assertThat(since.subList(0, since.indexOf("claim")))
        .filteredOn("renew"::equals)
        .hasSizeGreaterThanOrEqualTo(2);
  }

  @Test
  void a_claim_that_outlived_its_lease_while_the_process_was_suspended_is_not_sent() {
    Claim late = MemoryQueue.claim();
    MemoryQueue slow =
        new MemoryQueue() {
          @Override
          public List<Claim> claim(int most, Set<TenantId> busy) {
            List<Claim> claims = super.claim(most, busy);
            if (claims.contains(late)) {
              suspended.addAndGet(LEASE.toNanos());
            }
            return claims;
          }
        };
    slow.due.add(late);
    pump(slow, this::send);
    await().until(() -> suspended.get() > 0);
    Claim next = slow.plan();
    await().until(() -> !sent.isEmpty());
    assertThat(sent).containsExactly(next.deliveryId());
  }

  @Test
  void on_stop_an_attempt_may_last_longer_than_its_lease_and_is_settled() throws Exception {
    Claim slow = queue.plan();
    DeliveryPump pump =
        pump(claim -> {
          sent.add(claim.deliveryId());
          awaitQuietly();
          return QueueDatabase.settled(claim, new DeliveryOutcome.Delivered());
        });
    await().until(() -> !sent.isEmpty());
    Thread stopping = Thread.ofVirtual().start(pump::stop);
    int renewals = queue.renewed.size();
    await().until(() -> queue.renewed.size() >= renewals + 8);
    answer.countDown();
    stopping.join();
    assertThat(queue.settled).containsExactly(slow.deliveryId());
  }

  private Settlement send(Claim claim) {
    sent.add(claim.deliveryId());
    return QueueDatabase.settled(claim, new DeliveryOutcome.Delivered());
  }

  private void awaitQuietly() {
    try {
      answer.await();
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
  }

  private DeliveryPump pump(Function<Claim, Settlement> makeAttempt) {
    return pump(queue, makeAttempt);
  }

  private DeliveryPump pump(MemoryQueue from, Function<Claim, Settlement> makeAttempt) {
    Nudge nudge = new Nudge();
    HeldClaims held = new HeldClaims(from, () -> System.nanoTime() + suspended.get(), LEASE);
    SettlementWriter writer = new SettlementWriter(from, held, nudge, _ -> {});
    DeliveryPump pump =
        new DeliveryPump(
            from,
            makeAttempt,
            held,
            writer,
            new DeliveryMetrics(new SimpleMeterRegistry(), InstantSource.system()),
            nudge,
            settings(),
            Duration.ofSeconds(30));
    pump.start();
    pumps.add(pump);
    return pump;
  }

  private static DeliverySettings settings() {
    Duration pause = Duration.ofMillis(20);
    return new DeliverySettings(
        List.of(Duration.ZERO),
        0,
        LEASE,
        MOST_IN_FLIGHT,
        MOST_IN_FLIGHT,
        pause,
        pause,
        pause,
        Duration.ofDays(1),
        Duration.ofDays(1));
  }

  private List<String> callsSince(int before) {
    return queue.calls.stream().skip(before).toList();
  }
}
