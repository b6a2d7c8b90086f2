package io.imageaudit.intake.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.imageaudit.model.TenantId;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.atomic.AtomicReference;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class DecodingQueueTest {

  private static final Instant FAR = Instant.parse("2100-01-01T00:00:00Z");
  private static final TenantId MANY = new TenantId("many");
  private static final TenantId FEW = new TenantId("few");

  private final List<String> begun = new CopyOnWriteArrayList<>();

  @Test
  void a_tenant_with_many_pictures_lets_another_begin_next() throws Exception {
    DecodingQueue queue = new DecodingQueue(1, InstantSource.system());
    queue.enter(new DecodeTurn(MANY, FAR));
    for (int i = 0; i < 5; i++) {
      waitFor(queue, MANY);
    }
    waitFor(queue, FEW);
    waitFor(queue, FEW);
    for (int i = 1; i <= 7; i++) {
      int wanted = i;
      queue.leave();
      Awaitility.await().until(() -> begun.size() == wanted);
    }

    assertThat(begun).containsExactly("many", "few", "many", "few", "many", "many", "many");
  }

  @Test
  void nobody_waits_beyond_a_deadline_and_no_decoder_is_lost() throws Exception {
    DecodingQueue queue = new DecodingQueue(1, InstantSource.system());
    queue.enter(new DecodeTurn(MANY, FAR));
    DecodeTurn brief = new DecodeTurn(FEW, Instant.now().plusMillis(50));
    assertThatExceptionOfType(JudgedTooLateException.class).isThrownBy(() -> queue.enter(brief));

    queue.leave();
    queue.enter(new DecodeTurn(FEW, FAR));
    assertThat(begun).isEmpty();
  }

  @Test
  void a_picture_whose_deadline_has_passed_when_its_turn_comes_is_not_begun() throws Exception {
    AtomicReference<Instant> now = new AtomicReference<>(Instant.parse("2026-11-01T00:00:00Z"));
    DecodingQueue queue = new DecodingQueue(1, now::get);
    queue.enter(new DecodeTurn(MANY, FAR));
    FutureTask<Void> late = waiting(queue, new DecodeTurn(FEW, now.get().plusSeconds(3600)));
    now.updateAndGet(time -> time.plus(Duration.ofHours(2)));
    queue.leave();

    assertThatExceptionOfType(ExecutionException.class)
        .isThrownBy(late::get)
        .withCauseInstanceOf(JudgedTooLateException.class);
    queue.enter(new DecodeTurn(MANY, FAR));
  }

  private void waitFor(DecodingQueue queue, TenantId tenant) {
    waiting(queue, new DecodeTurn(tenant, FAR));
  }

  private FutureTask<Void> waiting(DecodingQueue queue, DecodeTurn turn) {
    FutureTask<Void> task =
        new FutureTask<>(() -> {
          queue.enter(turn);
          begun.add(turn.tenant().value());
          return null;
        });
    int before = queue.waiting();
    Thread.ofVirtual().start(task);
    Awaitility.await().until(() -> queue.waiting() == before + 1);
    return task;
  }
}
