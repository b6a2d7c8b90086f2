package io.imageaudit.notification.delivery;

/** The statements that forget. Each takes a few rows, so that none is locked for long. */
final class JdbcRetentionSql {

  private JdbcRetentionSql() {}

  static final String TODAY = "select cast(now() at time zone 'UTC' as date)";

  /** Whoever waits for the attempts' lock stops all who write attempts; rather try again later. */
  static final String IMPATIENT = "set local lock_timeout = '2s'";

  static final String PARTITIONS =
      """
      select c.relname from pg_inherits i join pg_class c on c.oid = i.inhrelid
       where i.inhparent = cast('attempt' as regclass) and c.relname ~ '^attempt_[0-9]{8}$'
       order by c.relname
      """;

  static final String CREATE_PARTITION =
      "create table if not exists %s partition of attempt for values from ('%s') to ('%s')";

  static final String DROP_PARTITION = "drop table if exists ";

  /** What was written while its day had no partition. */
  static final String FORGET_STRAYS =
      """
      delete from attempt_default
       where ctid = any (array(
               select ctid from attempt_default
                where started_at < now() - cast(:age as interval) limit :most))
      """;

  /** Not those that somebody sends again at this moment. */
  static final String FORGET_DELIVERIES =
      """
      delete from delivery where id in (
        select id from delivery
         where ended_at < now() - cast(:age as interval) and announced_at is not null limit :most
           for update skip locked)
      """;

  static final String FORGET_EVENTS =
      """
      delete from event where id in (
        select e.id from event e
         where e.recorded_at < now() - cast(:age as interval)
           and not exists (select 1 from delivery d where d.event_id = e.id) limit :most)
      """;

  static final String FORGET_REPLAYS =
      "delete from replay where state <> 'RUNNING' and touched_at < now() - cast(:age as interval)";

  static final String FORGET_SECRETS = "delete from signing_secret where expires_at < now()";

  private static final String IDLE =
      """
       not p.subscribed and p.updated_at < now() - cast(:age as interval)
       and not exists (select 1 from lane l
                        where l.endpoint_id = p.id
                          and l.used_at >= now() - cast(:age as interval))
       and not exists (select 1 from task t where t.endpoint_id = p.id)
       and not exists (select 1 from delivery d where d.endpoint_id = p.id)
      """;

  /** Endpoints that no audit has named for long, locked against those who plan. */
  static final String LOCK_IDLE =
      "select p.id from endpoint p where "
          + IDLE
          + " order by p.id limit :most for update of p skip locked";

  /** A statement of its own, so that it sees what was planned until the endpoints were locked. */
  static final String FORGET_IDLE =
      "with idle as materialized (select p.id from endpoint p where p.id = any (cast(:ids as"
          + " uuid[])) and "
          + IDLE
          + """
          ),
          secrets as (
            delete from signing_secret s using idle where s.endpoint_id = idle.id),
          lanes as (
            delete from lane l using idle where l.endpoint_id = idle.id)
          delete from endpoint p using idle where p.id = idle.id
          """;
}
