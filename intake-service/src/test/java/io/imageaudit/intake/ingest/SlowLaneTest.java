package io.imageaudit.intake.ingest;

import static org.assertj.core.api.Assertions.assertThat;

import io.imageaudit.model.event.AuditEvent;
import io.imageaudit.model.event.AuditSubmitted;
import io.imageaudit.model.kafka.Heard;
import io.imageaudit.model.kafka.TransientFaultException;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.FutureTask;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.IntConsumer;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class SlowLaneTest {

  private static final Duration LONG = Duration.ofHours(1);
  private static final Instant PAST = Instant.EPOCH;

  private final AtomicReference<Instant> now =
      new AtomicReference<>(Instant.parse("2026-11-01T00:00:00Z"));
  private final LeasesInMemory leases = new LeasesInMemory();
  private final CountDownLatch end = new CountDownLatch(1);
  private final AtomicInteger tries = new AtomicInteger();
  private final AtomicInteger givenUp = new AtomicInteger();

  @AfterEach
  void letAllEnd() {
    end.countDown();
  }

  @Test
  void what_failed_by_something_that_passes_is_tried_again_soon_however_often_it_takes() {
    leases.add(Submissions.submission(), PAST);
    try (SlowLane lane = lane(LONG, attempt -> failBefore(6, attempt, transientFault()))) {
      lane.start();
      Awaitility.await().until(() -> leases.size() == 0);
    }
    assertThat(tries).hasValue(6);
    assertThat(givenUp).hasValue(0);
  }

  @Test
  void what_fails_for_another_reason_is_given_up_after_so_many_tries() {
    leases.add(Submissions.submission(), PAST);
    try (SlowLane lane =
        lane(LONG, attempt -> failBefore(99, attempt, new IllegalStateException("a fault")))) {
      lane.start();
      Awaitility.await().until(() -> leases.size() == 0);
    }
    assertThat(tries).hasValue(1);
    assertThat(givenUp).hasValue(1);
  }

  @Test
  void what_is_in_work_is_taken_over_by_nobody_however_long_it_takes() {
    Duration lease = Duration.ofMinutes(10);
    try (SlowLane lane = lane(lease, _ -> {});
        SlowLane other = lane(lease, _ -> {})) {
      lane.start();
      other.start();
      assertThat(lane.take(Submissions.submission(), working())).isTrue();
      for (int i = 0; i < 5; i++) {
        now.updateAndGet(time -> time.plus(Duration.ofMinutes(4)));
        int before = leases.renewals();
        Awaitility.await().until(() -> leases.renewals() > before + 1);
      }
      end.countDown();
      Awaitility.await().until(() -> leases.size() == 0);
    }
    assertThat(tries).hasValue(0);
  }

  @Test
  void what_is_in_work_when_a_process_stops_is_taken_over_at_once() {
    try (SlowLane lane = lane(LONG, _ -> {})) {
      lane.start();
      assertThat(lane.take(Submissions.submission(), working())).isTrue();
    }
    try (SlowLane other = lane(LONG, _ -> {})) {
      other.start();
      Awaitility.await().until(() -> leases.size() == 0);
    }
    assertThat(tries).hasValue(1);
  }

  private FutureTask<Void> working() {
    FutureTask<Void> work =
        new FutureTask<>(() -> {
          end.await();
          return null;
        });
    Thread.ofVirtual().start(work);
    return work;
  }

  private SlowLane lane(Duration lease, IntConsumer work) {
    IngestSettings settings =
        new IngestSettings(Duration.ZERO, 8, lease, Duration.ofMillis(10), Duration.ZERO, 2);
    Ingestion ingestion =
        new Ingestion() {
          @Override
          public AuditEvent ingest(Heard<AuditSubmitted> heard) {
            work.accept(tries.incrementAndGet());
            return Submissions.end(heard.event());
          }

          @Override
          public AuditEvent giveUp(Heard<AuditSubmitted> heard, String fault) {
            givenUp.incrementAndGet();
            return Submissions.end(heard.event());
          }
        };
    return new SlowLane(leases, ingestion, settings, now::get);
  }

  private static void failBefore(int good, int attempt, RuntimeException fault) {
    if (attempt < good) {
      throw fault;
    }
  }

  private static RuntimeException transientFault() {
    return new TransientFaultException("the store is away", new IOException("no answer"));
  }
}
