package io.imageaudit.worker.batch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class BatcherTest {

  private static final InstantSource CLOCK = InstantSource.system();

  private final ExecutorService askers = Executors.newVirtualThreadPerTaskExecutor();
  private final List<List<Integer>> calls = new CopyOnWriteArrayList<>();
  private final List<Integer> released = new CopyOnWriteArrayList<>();
  private final CountDownLatch gate = new CountDownLatch(1);

  @AfterEach
  void close() {
    gate.countDown();
    askers.close();
  }

  @Test
  void an_idle_server_is_asked_at_once() {
    try (Batcher<Integer, String> batcher = batcher(settings(16, 4, 10_000), this::answer)) {
      assertThat(batcher.ask(1, in(5_000))).isEqualTo("1");
      assertThat(calls).containsExactly(List.of(1));
      await().untilAsserted(() -> assertThat(released).containsExactly(1));
    }
  }

  @Test
  void while_all_permits_are_taken_a_batch_fills() throws Exception {
    try (Batcher<Integer, String> batcher = batcher(settings(8, 1, 0), this::gated)) {
      List<Future<String>> asked = new ArrayList<>(ask(batcher, List.of(0), 5_000));
      await().until(() -> batcher.inFlight() == 1);
      asked.addAll(ask(batcher, IntStream.rangeClosed(1, 20).boxed().toList(), 5_000));
      await().until(() -> batcher.queued() == 20);

      gate.countDown();

      for (int item = 0; item <= 20; item++) {
        assertThat(asked.get(item).get()).isEqualTo(Integer.toString(item));
      }
      assertThat(calls).extracting(List::size).containsExactly(1, 8, 8, 4);
      await().untilAsserted(() -> assertThat(released).hasSize(21).doesNotHaveDuplicates());
    }
  }

  @Test
  void the_nearest_deadline_goes_first() throws Exception {
    try (Batcher<Integer, String> batcher = batcher(settings(2, 1, 0), this::gated)) {
      List<Future<String>> asked = new ArrayList<>(ask(batcher, List.of(0), 5_000));
      await().until(() -> batcher.inFlight() == 1);
      asked.addAll(ask(batcher, List.of(1, 2), 9_000));
      asked.addAll(ask(batcher, List.of(3, 4), 6_000));
      await().until(() -> batcher.queued() == 4);

      gate.countDown();

      for (Future<String> each : asked) {
        each.get();
      }
      assertThat(calls.get(1)).containsExactlyInAnyOrder(3, 4);
      assertThat(calls.get(2)).containsExactlyInAnyOrder(1, 2);
    }
  }

  @Test
  void what_waits_past_its_deadline_is_late_and_never_sent() {
    try (Batcher<Integer, String> batcher = batcher(settings(8, 1, 0), this::gated)) {
      ask(batcher, List.of(0), 5_000);
      await().until(() -> batcher.inFlight() == 1);

      assertThat(batcher.ask(1, in(50))).isEqualTo("late");

      gate.countDown();
      await().untilAsserted(() -> assertThat(released).containsExactlyInAnyOrder(0, 1));
      assertThat(calls).containsExactly(List.of(0));
    }
  }

  @Test
  void while_too_many_wait_nobody_is_sent_in_a_small_batch_for_being_nearly_late()
      throws Exception {
    try (Batcher<Integer, String> batcher = batcher(settings(4, 1, 0), this::slow)) {
      for (int round = 0; round < 3; round++) { // Learns what a full batch takes.
        for (Future<String> each : ask(batcher, List.of(1, 2, 3, 4), 5_000)) {
          each.get();
        }
      }
      calls.clear();
      List<Future<String>> inTime = new ArrayList<>(ask(batcher, List.of(0), 5_000));
      await()
          .pollDelay(Duration.ZERO)
          .pollInterval(Duration.ofMillis(1))
          .until(() -> batcher.inFlight() == 1);
      List<Future<String>> nearlyLate = ask(batcher, List.of(10, 11, 12), 120);
      inTime.addAll(ask(batcher, List.of(1, 2, 3, 4, 5, 6, 7, 8), 5_000));

      for (Future<String> each : nearlyLate) {
        assertThat(each.get()).isEqualTo("late");
      }
      for (Future<String> each : inTime) {
        assertThat(each.get()).isNotEqualTo("late");
      }
      assertThat(calls).extracting(List::size).containsExactly(1, 4, 4);
    }
  }

  @Test
  void one_poisoned_item_spoils_no_other() throws Exception {
    List<Integer> items = IntStream.range(0, 16).boxed().toList();
    Bisection<Integer, String> bisection =
        new Bisection<>((batch, _) -> answer(batch, Set.of(11)), new SizeLimit(16), in(5_000));

    List<String> results = bisection.divide(items, new BatchAnswer.Divisible<>("broken", false));

    for (int item : items) {
      assertThat(results.get(item)).isEqualTo(item == 11 ? "broken" : Integer.toString(item));
    }
    assertThat(calls).hasSizeLessThanOrEqualTo(8);
  }

  @Test
  void a_server_that_breaks_over_everything_is_left_in_peace() {
    Bisection<Integer, String> bisection =
        new Bisection<>(
            (batch, _) -> answer(batch, Set.copyOf(batch)), new SizeLimit(16), in(5_000));

    List<String> results =
        bisection.divide(
            IntStream.range(0, 16).boxed().toList(), new BatchAnswer.Divisible<>("broken", false));

    assertThat(results).containsOnly("broken").hasSize(16);
    assertThat(calls).hasSizeLessThanOrEqualTo(7);
  }

  @Test
  void the_largest_size_that_a_server_takes_is_learned_from_its_refusals() throws Exception {
    try (Batcher<Integer, String> batcher =
        batcher(
            settings(16, 1, 0),
            (items, _) ->
                items.size() > 4
                    ? new BatchAnswer.Divisible<>("refused", true)
                    : gated(items, CLOCK.instant()))) {
      List<Future<String>> asked = new ArrayList<>(ask(batcher, List.of(0), 5_000));
      await().until(() -> batcher.inFlight() == 1);
      asked.addAll(ask(batcher, IntStream.rangeClosed(1, 16).boxed().toList(), 5_000));
      await().until(() -> batcher.queued() == 16);

      gate.countDown();

      for (int item = 0; item <= 16; item++) {
        assertThat(asked.get(item).get()).isEqualTo(Integer.toString(item));
      }
      assertThat(batcher.maxSize()).isEqualTo(4);
    }
  }

  @Test
  void one_bad_item_does_not_teach_a_smaller_size() {
    SizeLimit sizes = new SizeLimit(16);
    new Bisection<Integer, String>(
            (batch, _) ->
                batch.contains(3)
                    ? new BatchAnswer.Divisible<>("refused", true)
                    : answer(batch, Set.of()),
            sizes,
            in(5_000))
        .divide(
            IntStream.range(0, 8).boxed().toList(), new BatchAnswer.Divisible<>("refused", true));

    assertThat(sizes.max()).isEqualTo(16);
  }

  @Test
  void a_part_that_was_not_answered_does_not_teach_a_smaller_size() {
    SizeLimit sizes = new SizeLimit(16);
    new Bisection<Integer, String>(
            (batch, _) ->
                batch.contains(15)
                    ? new BatchAnswer.None<>("away", false)
                    : answer(batch, Set.of()),
            sizes,
            in(5_000))
        .divide(
            IntStream.range(0, 16).boxed().toList(), new BatchAnswer.Divisible<>("refused", true));

    assertThat(sizes.max()).isEqualTo(16);
  }

  @Test
  void a_size_that_was_learned_is_doubted_after_a_while() {
    AtomicLong now = new AtomicLong(Long.MAX_VALUE - 1); // About to begin again from the other end.
    SizeLimit sizes = new SizeLimit(12, now::get);
    sizes.learn(4);
    now.addAndGet(Duration.ofMinutes(4).toNanos());
    assertThat(sizes.max()).isEqualTo(4);

    now.addAndGet(Duration.ofMinutes(2).toNanos());

    assertThat(sizes.max()).isEqualTo(8);
    assertThat(sizes.max()).isEqualTo(8);
    sizes.learn(4);
    assertThat(sizes.max()).isEqualTo(4);
    for (int round = 0; round < 3; round++) {
      now.addAndGet(Duration.ofMinutes(6).toNanos());
      sizes.max();
    }
    assertThat(sizes.max()).isEqualTo(12);
  }

  @Test
  void the_wait_grows_with_use_and_ends_when_a_deadline_presses() {
    SendRule rule = new SendRule(Duration.ofMillis(10), Duration.ofMillis(5));
    Duration far = Duration.ofSeconds(30);
    Duration work = Duration.ofMillis(60);

    assertThat(rule.waitFor(1, 16, Duration.ZERO, far, work, 0, 8)).isZero();
    assertThat(rule.waitFor(1, 16, Duration.ZERO, far, work, 4, 8)).isEqualTo(Duration.ofMillis(5));
    assertThat(rule.waitFor(1, 16, Duration.ofMillis(4), far, work, 4, 8))
        .isEqualTo(Duration.ofMillis(1));
    assertThat(rule.waitFor(16, 16, Duration.ZERO, far, work, 7, 8)).isZero();
    assertThat(rule.waitFor(1, 16, Duration.ZERO, Duration.ofMillis(66), work, 7, 8))
        .isEqualTo(Duration.ofMillis(1));
    assertThat(rule.waitFor(1, 16, Duration.ZERO, Duration.ofMillis(60), work, 7, 8)).isZero();
  }

  @Test
  void the_time_of_a_batch_is_learned_as_a_line() {
    LatencyModel latency = new LatencyModel();
    assertThat(latency.expected(16)).isZero();
    for (int round = 0; round < 20; round++) {
      for (int size : new int[] {1, 4, 8, 16}) {
        latency.observe(size, Duration.ofNanos(43_000_000L + size * 2_500_000L));
      }
    }

    assertThat(latency.expected(12).toMillis()).isBetween(72L, 74L);
    assertThat(latency.largestWithin(Duration.ofMillis(64), 16)).isEqualTo(8);
    assertThat(latency.largestWithin(Duration.ofMillis(1), 16)).isEqualTo(1);
  }

  @Test
  void the_limit_grows_while_answers_come_fast_and_shrinks_when_they_queue() {
    FlightLimit flights = new FlightLimit(4, 16, true);
    for (int answer = 0; answer < 200; answer++) {
      int limit = flights.limit();
      // A server with eight places: what is above queues at its door.
      flights.answered(8, true, Duration.ofMillis(Math.max(60, 60L * limit / 8)), limit);
    }
    assertThat(flights.limit()).isBetween(7, 13);

    int before = flights.limit();
    flights.overloaded();
    assertThat(flights.limit()).isLessThan(before);
  }

  @Test
  void the_limit_stays_while_batches_are_not_full() {
    FlightLimit flights = new FlightLimit(4, 16, true);
    for (int answer = 0; answer < 100; answer++) {
      flights.answered(5, false, Duration.ofMillis(60), 4);
    }
    assertThat(flights.limit()).isEqualTo(4);
  }

  @Test
  void larger_batches_that_take_longer_are_no_congestion() {
    FlightLimit flights = new FlightLimit(8, 8, true);
    for (int answer = 0; answer < 400; answer++) {
      int size = answer % 2 == 0 ? 1 : 16;
      flights.answered(size, false, Duration.ofMillis(43 + size * 5L / 2), 8);
    }
    assertThat(flights.limit()).isEqualTo(8);
  }

  private Batcher<Integer, String> batcher(
      BatchSettings settings, BatchCall<Integer, String> call) {
    return new Batcher<>("test", settings, call, "late", released::add, CLOCK);
  }

  private List<Future<String>> ask(
      Batcher<Integer, String> batcher, List<Integer> items, long millis) {
    Instant deadline = in(millis);
    return items.stream().map(item -> askers.submit(() -> batcher.ask(item, deadline))).toList();
  }

  private BatchAnswer<String> answer(List<Integer> batch, Instant deadline) {
    return answer(batch, Set.of());
  }

  private BatchAnswer<String> slow(List<Integer> batch, Instant deadline) {
    LockSupport.parkNanos(Duration.ofMillis(100).toNanos());
    return answer(batch, Set.of());
  }

  private BatchAnswer<String> gated(List<Integer> batch, Instant deadline) {
    try {
      gate.await();
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
    return answer(batch, Set.of());
  }

  private BatchAnswer<String> answer(List<Integer> batch, Set<Integer> poison) {
    calls.add(batch);
    return Collections.disjoint(batch, poison)
        ? new BatchAnswer.Each<>(batch.stream().map(item -> Integer.toString(item)).toList())
        : new BatchAnswer.Divisible<>("broken", false);
  }

  private static BatchSettings settings(int max, int inFlight, long lingerMillis) {
    return new BatchSettings(max, inFlight, inFlight, Duration.ofMillis(lingerMillis), false, 1024);
  }

  private static Instant in(long millis) {
    return CLOCK.instant().plusMillis(millis);
  }
}
