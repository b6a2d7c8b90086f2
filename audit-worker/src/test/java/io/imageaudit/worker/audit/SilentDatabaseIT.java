package io.imageaudit.worker.audit;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.imageaudit.model.kafka.TransientFaults;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** The database connection as it is configured when nobody configures it. */
class SilentDatabaseIT extends WorkerBed {

  private static final Duration SILENCE = Duration.ofMinutes(2);

  /** Else whoever writes a record would wait for ever, and all others behind it. */
  @Test
  void a_connection_that_went_silent_is_given_up_and_worth_trying_again() {
    assertThatThrownBy(() ->
            jdbc.sql("select 1 from pg_sleep(?)")
                .param(SILENCE.toSeconds())
                .query(Integer.class)
                .single())
        .matches(TransientFaults::passesByItself);
  }
}
