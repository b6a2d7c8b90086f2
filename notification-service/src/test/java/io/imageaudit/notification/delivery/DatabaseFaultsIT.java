package io.imageaudit.notification.delivery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.imageaudit.model.kafka.TransientFaults;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Which faults of the database are waited out. */
class DatabaseFaultsIT extends QueueDatabase {

  @Test
  void a_server_that_became_a_standby_is_waited_out() {
    Throwable fault =
        catchThrowable(() ->
            transaction.executeWithoutResult(_ -> {
              jdbc.sql("set transaction read only").update();
              jdbc.sql("delete from task").update();
            }));
    assertThat(fault).hasStackTraceContaining("read-only transaction");
    assertThat(TransientFaults.passesByItself(fault)).isTrue();
  }

  @Test
  void a_server_that_stops_is_waited_out() {
    Throwable fault =
        catchThrowable(
            () -> jdbc.sql("select pg_terminate_backend(pg_backend_pid())").query().singleRow());
    assertThat(TransientFaults.passesByItself(fault)).isTrue();
  }

  @Test
  void what_is_too_long_for_an_index_never_passes() {
    String url =
        new Random(7)
            .ints(20_000, 'a', 'z')
            .mapToObj(Character::toString)
            .reduce("", String::concat);
    Throwable fault = catchThrowable(() -> endpoint("acme", url));
    assertThat(fault).hasStackTraceContaining("index row");
    assertThat(TransientFaults.passesByItself(fault)).isFalse();
  }
}
