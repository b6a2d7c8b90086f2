package io.imageaudit.notification.delivery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class HeldClaimsTest {

  private static final Duration LEASE = Duration.ofMillis(80);

  private final MemoryQueue queue = new MemoryQueue();
  private final AtomicLong nanos = new AtomicLong(Long.MAX_VALUE - 5);
  private final HeldClaims held = new HeldClaims(queue, nanos::get, LEASE);

  @AfterEach
  void stop() {
    held.stop(Duration.ofSeconds(5));
  }

  @Test
  void a_claim_is_renewed_for_as_long_as_it_is_held_without_what_it_sends() {
    Claim slow = hold();
    held.start();
    for (int i = 0; i < 3; i++) {
      int before = queue.renewed.size();
      passes(0.5);
      await().until(() -> renewedSince(before).size() == 1);
      assertThat(renewedSince(before))
          .allSatisfy(one -> assertThat(one.claimId()).isEqualTo(slow.claimId()))
          .allSatisfy(one -> assertThat(one.body()).isEmpty());
      assertThat(held.isOurs(slow)).isTrue();
    }

    int before = queue.renewed.size();
    held.remove(slow);
    passes(0.5);
    awaitRound();
    assertThat(renewedSince(before)).isEmpty();
    assertThat(held.isOurs(slow)).isFalse();
  }

  private List<Claim> renewedSince(int round) {
    return queue.renewed.stream().skip(round).flatMap(List::stream).toList();
  }

  @Test
  void a_claim_that_is_older_than_its_lease_may_be_somebody_elses() {
    Claim claim = hold();
    held.start();
    awaitRound();
    queue.away = true;
    passes(0.9);
    assertThat(held.isOurs(claim)).isTrue();
    passes(0.2);
    assertThat(held.isOurs(claim)).isFalse();
  }

  @Test
  void leases_are_renewed_while_the_database_answers() {
    held.start();
    awaitRound();
    assertThat(held.areRenewed()).isTrue();
    queue.away = true;
    passes(0.9);
    assertThat(held.areRenewed()).isFalse();
    queue.away = false;
    awaitRound();
    assertThat(held.areRenewed()).isTrue();
  }

  private Claim hold() {
    Claim claim = MemoryQueue.claim();
    held.add(claim, held.now());
    return claim;
  }

  /** A share of a lease passes. */
  private void passes(double share) {
    nanos.addAndGet((long) (LEASE.toNanos() * share));
  }

  /** Waits for a round that began after this. */
  private void awaitRound() {
    int before = held.rounds();
    await().until(() -> held.rounds() >= before + 2);
  }
}
