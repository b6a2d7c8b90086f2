package io.imageaudit.notification.delivery;

import java.time.Duration;
import java.time.LocalDate;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * Attempts lie in one partition per day, which is dropped whole. Deliveries and events are deleted
 * a few at a time.
 */
final class JdbcRetention implements Retention {

  private static final Logger LOG = LoggerFactory.getLogger(JdbcRetention.class);
  private static final int DAYS_AHEAD = 2;
  private static final int AT_A_TIME = 1000;

  private static final String OLD_PARTITIONS =
      """
      select c.relname from pg_inherits i join pg_class c on c.oid = i.inhrelid
       where i.inhparent = cast('attempt' as regclass) and c.relname ~ '^attempt_[0-9]{8}$'
         and c.relname < :oldest
      """;

  private static final String FORGET_DELIVERIES =
      """
      delete from delivery where id in (
        select id from delivery
         where ended_at < now() - cast(:age as interval) and announced_at is not null limit :most)
      """;

  private static final String FORGET_EVENTS =
      """
      delete from event where id in (
        select e.id from event e
         where e.recorded_at < now() - cast(:age as interval)
           and not exists (select 1 from delivery d where d.event_id = e.id) limit :most)
      """;

  private final JdbcClient jdbc;
  private final Duration attempts;
  private final Duration events;

  JdbcRetention(JdbcClient jdbc, Duration attempts, Duration events) {
    this.jdbc = jdbc;
    this.attempts = attempts;
    this.events = events;
  }

  @Override
  public void turnDays() {
    LocalDate today =
        jdbc.sql("select cast(now() at time zone 'UTC' as date)").query(LocalDate.class).single();
    for (int ahead = 0; ahead <= DAYS_AHEAD; ahead++) {
      create(today.plusDays(ahead));
    }
    String oldest = name(today.minusDays(attempts.toDays()));
    List<String> old =
        jdbc.sql(OLD_PARTITIONS).param("oldest", oldest).query((row, _) -> row.getString(1)).list();
    old.forEach(partition -> jdbc.sql("drop table if exists " + partition).update());
  }

  /** Attempts of a day without a partition of its own go to the default one; none is lost. */
  private void create(LocalDate day) {
    try {
      jdbc.sql(
              "create table if not exists %s partition of attempt for values from ('%s') to ('%s')"
                  .formatted(name(day), day + "T00:00:00Z", day.plusDays(1) + "T00:00:00Z"))
          .update();
    } catch (DataAccessException e) {
      LOG.warn("the attempts of {} stay in the default partition: {}", day, e.getMessage());
    }
  }

  private static String name(LocalDate day) {
    return "attempt_" + day.toString().replace("-", "");
  }

  @Override
  public int forget() {
    int deliveries =
        jdbc.sql(FORGET_DELIVERIES)
            .param("age", events.toString())
            .param("most", AT_A_TIME)
            .update();
    int forgotten =
        jdbc.sql(FORGET_EVENTS).param("age", events.toString()).param("most", AT_A_TIME).update();
    return deliveries + forgotten;
  }
}
