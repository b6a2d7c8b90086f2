package io.imageaudit.notification.delivery;

import java.time.Duration;
import java.time.LocalDate;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Attempts lie in one partition per day, which is dropped whole. All else is deleted a few rows at
 * a time: deliveries that have ended, events that have no deliveries left, endpoints that nobody
 * subscribed and that have neither, replays and secrets that have ended.
 */
final class JdbcRetention implements Retention {

  private static final Logger LOG = LoggerFactory.getLogger(JdbcRetention.class);
  private static final int DAYS_AHEAD = 2;
  private static final int AT_A_TIME = 1000;

  private final JdbcClient jdbc;
  private final TransactionTemplate transaction;
  private final Duration attempts;
  private final Duration events;

  /**
   * Makes it.
   *
   * @param attempts how long tries are kept
   * @param events how long all else is kept after its end
   */
  JdbcRetention(
      JdbcClient jdbc, TransactionTemplate transaction, Duration attempts, Duration events) {
    this.jdbc = jdbc;
    this.transaction = transaction;
    this.attempts = attempts;
    this.events = events;
  }

  @Override
  public void turnDays() {
    LocalDate today = jdbc.sql(JdbcRetentionSql.TODAY).query(LocalDate.class).single();
    List<String> there =
        jdbc.sql(JdbcRetentionSql.PARTITIONS).query((row, _) -> row.getString(1)).list();
    for (int ahead = 0; ahead <= DAYS_AHEAD; ahead++) {
      LocalDate day = today.plusDays(ahead);
      if (!there.contains(name(day))) {
        change(create(day));
      }
    }
    String oldest = name(today.minusDays(attempts.toDays()));
    there.stream()
        .filter(partition -> partition.compareTo(oldest) < 0)
        .forEach(partition -> change(JdbcRetentionSql.DROP_PARTITION + partition));
  }

  private static String create(LocalDate day) {
    return JdbcRetentionSql.CREATE_PARTITION.formatted(
        name(day), day + "T00:00:00Z", day.plusDays(1) + "T00:00:00Z");
  }

  /** Attempts of a day without a partition of its own go to the default one; none is lost. */
  private void change(String statement) {
    try {
      transaction.executeWithoutResult(_ -> {
        jdbc.sql(JdbcRetentionSql.IMPATIENT).update();
        jdbc.sql(statement).update();
      });
    } catch (DataAccessException e) {
      LOG.warn("put off: {}: {}", statement, e.getMessage());
    }
  }

  private static String name(LocalDate day) {
    return "attempt_" + day.toString().replace("-", "");
  }

  @Override
  public int forget() {
    return forgetSome(JdbcRetentionSql.FORGET_STRAYS, attempts)
        + forgetSome(JdbcRetentionSql.FORGET_DELIVERIES, events)
        + forgetSome(JdbcRetentionSql.FORGET_EVENTS, events)
        + forgetIdle()
        + jdbc.sql(JdbcRetentionSql.FORGET_REPLAYS).param("age", events.toString()).update()
        + jdbc.sql(JdbcRetentionSql.FORGET_SECRETS).update();
  }

  private int forgetSome(String statement, Duration age) {
    return jdbc.sql(statement).param("age", age.toString()).param("most", AT_A_TIME).update();
  }

  private int forgetIdle() {
    return Objects.requireNonNull(
        transaction.execute(_ -> {
          List<UUID> idle =
              jdbc.sql(JdbcRetentionSql.LOCK_IDLE)
                  .param("age", events.toString())
                  .param("most", AT_A_TIME)
                  .query((row, _) -> row.getObject(1, UUID.class))
                  .list();
          return idle.isEmpty()
              ? 0
              : jdbc.sql(JdbcRetentionSql.FORGET_IDLE)
                  .param("age", events.toString())
                  .param("ids", JdbcArrays.texts(idle, id -> id))
                  .update();
        }));
  }
}
