package io.imageaudit.notification.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class ClaimGateTest {

  private static final int MOST_WAITING = 3;

  private final MemoryQueue queue = new MemoryQueue();
  private final HeldClaims held = new HeldClaims(queue, System::nanoTime, Duration.ofHours(1));
  private final SettlementWriter notStarted =
      new SettlementWriter(queue, held, new Nudge(), _ -> {});
  private final ClaimGate gate = new ClaimGate(held, notStarted, MOST_WAITING);

  @BeforeEach
  void start() {
    held.start();
  }

  @AfterEach
  void stop() {
    held.stop(Duration.ofSeconds(5));
  }

  @Test
  void it_closes_while_too_many_attempts_wait_to_be_settled() {
    for (int i = 0; i < MOST_WAITING; i++) {
      answered();
      assertThat(gate.isOpen()).isTrue();
    }
    answered();
    assertThat(gate.isOpen()).isFalse();
  }

  @Test
  void it_closes_after_a_claim_in_vain() {
    assertThat(gate.isOpen()).isTrue();
    gate.claimFailed();
    assertThat(gate.isOpen()).isFalse();
  }

  private void answered() {
    notStarted.add(QueueDatabase.settled(MemoryQueue.claim(), new DeliveryOutcome.Delivered()));
  }
}
