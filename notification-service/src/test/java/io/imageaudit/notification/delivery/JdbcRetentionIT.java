package io.imageaudit.notification.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class JdbcRetentionIT extends QueueDatabase {

  private Retention retention;

  @BeforeEach
  void make() {
    retention = new JdbcRetention(jdbc, transaction, Duration.ofDays(30), Duration.ofDays(90));
  }

  @Test
  void today_and_the_next_two_days_have_partitions_and_making_them_again_changes_nothing() {
    retention.turnDays();
    List<String> partitions = partitions();
    LocalDate today = LocalDate.now(ZoneOffset.UTC);
    assertThat(partitions)
        .contains(name(today), name(today.plusDays(1)), name(today.plusDays(2)), "attempt_default");
    retention.turnDays();
    assertThat(partitions()).isEqualTo(partitions);
  }

  @Test
  void attempts_lie_in_the_partition_of_their_day() {
    retention.turnDays();
    plan(endpoint("a"), 1);
    Claim claim = due.claim(10, Set.of()).getFirst();
    settlements.settle(List.of(settled(claim, new DeliveryOutcome.Delivered())));
    assertThat(count("attempt_default")).isZero();
    assertThat(count("attempt")).isEqualTo(1);
  }

  @Test
  void a_day_that_is_too_old_is_dropped_and_the_last_that_is_kept_is_not() {
    LocalDate today = LocalDate.now(ZoneOffset.UTC);
    partition(today.minusDays(31));
    partition(today.minusDays(30));
    retention.turnDays();
    assertThat(partitions())
        .contains(name(today.minusDays(30)))
        .doesNotContain(name(today.minusDays(31)));
  }

  @Test
  void old_attempts_without_a_partition_are_forgotten_too() {
    attemptAt(Duration.ofDays(31));
    attemptAt(Duration.ofDays(29));
    assertThat(retention.forget()).isEqualTo(1);
    assertThat(count("attempt")).isEqualTo(1);
  }

  @Test
  void an_ended_delivery_its_event_and_its_receiver_are_forgotten_and_nothing_else() {
    UUID old = endpoint("old");
    plan(old, 1);
    UUID recent = endpoint("recent");
    plan(recent, 1);
    UUID pending = endpoint("pending");
    plan(pending, 1);
    UUID subscribed = endpoint("subscribed");
    jdbc.sql("update endpoint set subscribed = true where id = ?").param(subscribed).update();
    secret(old, null);
    end(old, Duration.ofDays(91));
    end(recent, Duration.ofDays(89));
    age();

    forgetAll();
    assertThat(ids("select id from endpoint"))
        .containsExactlyInAnyOrder(recent, pending, subscribed);
    assertThat(ids("select endpoint_id from lane"))
        .containsExactlyInAnyOrder(recent, pending, subscribed);
    assertThat(ids("select endpoint_id from delivery")).containsExactlyInAnyOrder(recent, pending);
    assertThat(count("event")).isEqualTo(2);
    assertThat(count("signing_secret")).isZero();
  }

  @Test
  void a_receiver_that_somebody_plans_for_at_this_moment_is_not_forgotten() {
    UUID endpoint = endpoint("idle");
    age();
    transaction.executeWithoutResult(_ -> {
      jdbc.sql("select id from endpoint where id = ? for key share")
          .param(endpoint)
          .query(UUID.class)
          .single();
      assertThat(elsewhere(retention::forget)).isZero();
    });
    assertThat(elsewhere(retention::forget)).isEqualTo(1);
  }

  private static int elsewhere(Callable<Integer> work) {
    try (ExecutorService thread = Executors.newSingleThreadExecutor()) {
      return thread.submit(work).get(30, TimeUnit.SECONDS);
    } catch (InterruptedException | ExecutionException | TimeoutException e) {
      throw new AssertionError(e);
    }
  }

  @Test
  void a_delivery_that_is_sent_again_at_this_moment_is_not_forgotten() {
    UUID endpoint = endpoint("again");
    plan(endpoint, 1);
    end(endpoint, Duration.ofDays(91));
    transaction.executeWithoutResult(_ -> {
      jdbc.sql("update delivery set status = 'PENDING', ended_at = null").update();
      assertThat(elsewhere(retention::forget)).isZero();
    });
    assertThat(count("delivery")).isEqualTo(1);
  }

  @Test
  void an_end_that_was_not_announced_is_kept() {
    UUID endpoint = endpoint("unsaid");
    plan(endpoint, 1);
    end(endpoint, Duration.ofDays(200));
    jdbc.sql("update delivery set announced_at = null").update();
    age();
    forgetAll();
    assertThat(count("delivery")).isEqualTo(1);
  }

  @Test
  void a_secret_is_forgotten_when_it_has_ended() {
    secret(null, Duration.ofSeconds(-1));
    secret(null, Duration.ofHours(1));
    secret(null, null);
    forgetAll();
    assertThat(count("signing_secret")).isEqualTo(2);
  }

  @Test
  void an_old_replay_is_forgotten_unless_it_runs() {
    replay("DONE", 91);
    replay("DONE", 89);
    replay("RUNNING", 91);
    forgetAll();
    assertThat(count("replay")).isEqualTo(2);
  }

  private void forgetAll() {
    while (retention.forget() > 0) {
      assertThat(count("event")).isLessThan(1000);
    }
  }

  private void end(UUID endpoint, Duration ago) {
    jdbc.sql("delete from task where endpoint_id = ?").param(endpoint).update();
    jdbc.sql(
            """
            update delivery
               set status = 'DELIVERED', ended_at = now() - cast(:ago as interval),
                   announced_at = now()
             where endpoint_id = :endpoint
            """)
        .param("ago", ago.toString())
        .param("endpoint", endpoint)
        .update();
  }

  /** All of this was long ago. */
  private void age() {
    jdbc.sql("update event set recorded_at = now() - interval '1 year'").update();
    jdbc.sql("update endpoint set updated_at = now() - interval '1 year'").update();
    jdbc.sql("update lane set used_at = now() - interval '1 year'").update();
  }

  private void attemptAt(Duration ago) {
    jdbc.sql(
            """
            insert into attempt (delivery_id, number, started_at, millis)
            values (gen_random_uuid(), 1, now() - cast(? as interval), 1)
            """)
        .param(ago.toString())
        .update();
  }

  private void secret(@Nullable UUID endpoint, @Nullable Duration endsIn) {
    jdbc.sql(
            """
            insert into signing_secret (id, tenant, sealed, created_at, expires_at, endpoint_id)
            values (gen_random_uuid(), 'acme', '', now(), now() + cast(:ends as interval),
                    cast(:endpoint as uuid))
            """)
        .param("ends", endsIn == null ? null : endsIn.toString())
        .param("endpoint", endpoint)
        .update();
  }

  private void replay(String state, int daysAgo) {
    jdbc.sql(
            """
            insert into replay (id, tenant, from_at, to_at, missed, state, total, cursor_at, touched_at)
            values (gen_random_uuid(), 'acme', now(), now(), true, ?, 1, now(),
                    now() - make_interval(days => ?))
            """)
        .params(state, daysAgo)
        .update();
  }

  private void partition(LocalDate day) {
    jdbc.sql(
            "create table %s partition of attempt for values from ('%s') to ('%s')"
                .formatted(name(day), day + "T00:00:00Z", day.plusDays(1) + "T00:00:00Z"))
        .update();
  }

  private static String name(LocalDate day) {
    return "attempt_" + day.toString().replace("-", "");
  }

  private List<String> partitions() {
    return jdbc.sql(
            "select inhrelid::regclass::text from pg_inherits"
                + " where inhparent = 'attempt'::regclass order by 1")
        .query((row, _) -> row.getString(1))
        .list();
  }

  private List<UUID> ids(String query) {
    return jdbc.sql(query).query((row, _) -> row.getObject(1, UUID.class)).list();
  }
}
