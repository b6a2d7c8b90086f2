package io.imageaudit.notification.delivery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;

class LoopTest {

  private final AtomicInteger rounds = new AtomicInteger();

  @Test
  void an_error_ends_a_round_and_not_the_loop() {
    Loop loop =
        new Loop(
            "broken",
            Duration.ofMillis(1),
            new Nudge(),
            () -> {
              if (rounds.incrementAndGet() == 1) {
                throw new StackOverflowError();
              }
              return false;
            });
    loop.start();
    await().until(() -> rounds.get() >= 3);
    assertThat(loop.stop(Duration.ofSeconds(5))).isTrue();
  }

  @Test
  void a_round_that_does_not_end_is_told_on_stop() {
    CountDownLatch end = new CountDownLatch(1);
    Loop loop =
        new Loop(
            "stuck",
            Duration.ofMillis(1),
            new Nudge(),
            () -> {
              rounds.incrementAndGet();
              while (end.getCount() > 0) {
                LockSupport.parkNanos(1_000_000);
              }
              return false;
            });
    loop.start();
    await().until(() -> rounds.get() == 1);
    assertThat(loop.stop(Duration.ofMillis(50))).isFalse();
    end.countDown();
    assertThat(loop.stop(Duration.ofSeconds(5))).isTrue();
  }
}
