package io.imageaudit.notification.endpoint;

import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;

/** The queues of endpoints, as far as a tenant may open and close them. */
final class JdbcLanes {

  private final JdbcClient jdbc;

  JdbcLanes(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  /** Makes the queue of a new endpoint; does nothing when there is one. */
  void create(UUID endpoint, String tenant) {
    jdbc.sql("insert into lane (endpoint_id, tenant) values (?, ?) on conflict do nothing")
        .params(endpoint, tenant)
        .update();
  }

  /**
   * Takes the queue for this transaction. Whoever settles does so before he disables an endpoint;
   * an endpoint that is read afterwards is as he left it, and stays so.
   */
  void lock(UUID endpoint, String tenant) {
    jdbc.sql("select endpoint_id from lane where endpoint_id = ? and tenant = ? for no key update")
        .params(endpoint, tenant)
        .query()
        .listOfRows();
  }

  /** Lets nothing more be claimed; what waits is skipped. */
  void halt(UUID endpoint) {
    jdbc.sql("update lane set halted = true where endpoint_id = ?").param(endpoint).update();
  }

  /** Begins anew, as if nothing had failed. */
  void resume(UUID endpoint) {
    jdbc.sql(
            """
            update lane
               set halted = false, blocked_until = '-infinity', opens = 0, timeouts = 0,
                   window_calls = 0, window_failures = 0, failing_since = null, last_failed_at = null,
                   in_flight_limit = 2,
                   next_due_at = now()
             where endpoint_id = ?
            """)
        .param(endpoint)
        .update();
  }

  /**
   * Limits how often the endpoint is called.
   *
   * @param perSecond most attempts per second; null for no limit
   */
  void limit(UUID endpoint, @Nullable Double perSecond) {
    jdbc.sql(
            """
            update lane set rate = cast(:rate as real), tokens = 1, tokens_at = now()
             where endpoint_id = :id
            """)
        .param("rate", perSecond)
        .param("id", endpoint)
        .update();
  }
}
