package io.imageaudit.notification.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import io.imageaudit.model.TenantId;
import java.time.Duration;
import java.time.Instant;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class JdbcReplaysIT extends QueueDatabase {

  private static final TenantId ACME = new TenantId("acme");

  @Test
  void a_replay_goes_in_steps_with_a_rest_between_them_whichever_replica_takes_them() {
    missed(endpoint("a"), 250);
    Replays one = replica();
    Replays other = replica();
    UUID id = one.start(everything(ACME)).replayId();
    assertThat(one.advance()).isZero();
    rested();
    assertThat(one.advance()).isEqualTo(100);
    assertThat(other.advance()).isZero();
    rested();
    assertThat(other.advance()).isEqualTo(100);
    rested();
    assertThat(replica().advance()).isEqualTo(50);
    assertThat(one.find(ACME, id)).hasValue(new Replays.Progress(id, "DONE", 250, 250));
    assertThat(count("task")).isEqualTo(250);
  }

  @Test
  void it_waits_while_much_of_its_tenant_is_due_and_not_for_what_is_left_alone() {
    UUID busy = endpoint("busy");
    jdbc.sql(
            """
            insert into task (delivery_id, endpoint_id, audit_id, verdict_seq, next_attempt_at)
            select gen_random_uuid(), ?, gen_random_uuid(), 1, now() from generate_series(1, 1000)
            """)
        .param(busy)
        .update();
    missed(endpoint("a"), 1);
    Replays replays = replica();
    replays.start(everything(ACME));
    rested();
    assertThat(replays.advance()).isZero();
    jdbc.sql("update lane set blocked_until = now() + interval '1 minute' where endpoint_id = ?")
        .param(busy)
        .update();
    assertThat(replays.advance()).isEqualTo(1);
  }

  @Test
  void only_what_was_missed_goes_again_and_nothing_of_others() {
    UUID mine = endpoint("a");
    missed(mine, 2);
    missed(endpoint("other", "a"), 3);
    UUID disabled = endpoint("disabled");
    missed(disabled, 4);
    jdbc.sql("update endpoint set state = 'DISABLED' where id = ?").param(disabled).update();
    UUID arrived = endpoint("arrived");
    missed(arrived, 5);
    jdbc.sql("update delivery set status = 'DELIVERED' where endpoint_id = ?")
        .param(arrived)
        .update();
    Replays replays = replica();
    assertThat(replays.count(everything(ACME))).isEqualTo(2);
    assertThat(replays.count(new Replays.Wish(ACME, Instant.EPOCH, soon(), arrived, false)))
        .isEqualTo(5);
  }

  @Test
  void an_ended_replay_goes_no_further() {
    missed(endpoint("a"), 150);
    Replays replays = replica();
    UUID id = replays.start(everything(ACME)).replayId();
    rested();
    assertThat(replays.advance()).isEqualTo(100);
    assertThat(replays.cancel(new TenantId("other"), id)).isFalse();
    assertThat(replays.cancel(ACME, id)).isTrue();
    rested();
    assertThat(replays.advance()).isZero();
    assertThat(replays.find(ACME, id)).hasValue(new Replays.Progress(id, "CANCELED", 150, 100));
  }

  private Replays replica() {
    return new JdbcReplays(jdbc, transaction, Duration.ofSeconds(30));
  }

  private void missed(UUID endpoint, int deliveries) {
    plan(endpoint, deliveries);
    jdbc.sql("delete from task where endpoint_id = ?").param(endpoint).update();
    jdbc.sql("update delivery set status = 'EXHAUSTED', ended_at = now() where endpoint_id = ?")
        .param(endpoint)
        .update();
  }

  private void rested() {
    jdbc.sql("update replay set touched_at = touched_at - interval '31 seconds'").update();
  }

  private static Replays.Wish everything(TenantId tenant) {
    return new Replays.Wish(tenant, Instant.EPOCH, soon(), null, true);
  }

  private static Instant soon() {
    return Instant.now().plusSeconds(60);
  }
}
