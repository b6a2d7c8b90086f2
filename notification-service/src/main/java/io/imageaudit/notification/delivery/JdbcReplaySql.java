package io.imageaudit.notification.delivery;

/** The statements that send again. */
final class JdbcReplaySql {

  private JdbcReplaySql() {}

  /** Whether a delivery may be sent again: a name of {@link DeliveryLedger.Resend}. */
  static final String OBSTACLE =
      """
      select case
               when p.state = 'DISABLED' then 'DISABLED'
               when exists (
                 select 1 from event n join delivery x on x.event_id = n.id and x.url = d.url
                  where n.audit_id = e.audit_id and n.verdict_seq > e.verdict_seq
                    and (x.delivered_at is not null or x.status = 'DELIVERED')) then 'SUPERSEDED'
               else 'QUEUED' end
        from delivery d join event e on e.id = d.event_id join endpoint p on p.id = d.endpoint_id
       where d.tenant = :tenant and d.id = :id
         for update of d
      """;

  /**
   * Before anything is done to the deliveries: whoever settles them locks the tasks first as well.
   */
  static final String LOCK_TASKS =
      """
      select delivery_id from task where delivery_id = any (cast(:ids as uuid[]))
       order by delivery_id for update
      """;

  /**
   * Those that are under way are left to whoever has claimed them. That they have arrived before is
   * not forgotten.
   */
  static final String REQUEUE =
      """
      with again as (
        update delivery d
           set status = 'PENDING', ended_at = null, announced_at = null, announce_at = null,
               delivered_at =
                 coalesce(d.delivered_at, case when d.status = 'DELIVERED' then d.ended_at end)
         where d.id = any (cast(:ids as uuid[]))
        returning d.id, d.event_id, d.endpoint_id, d.attempts)
      insert into task (delivery_id, endpoint_id, audit_id, verdict_seq, next_attempt_at, attempt,
                        attempts_before)
      select a.id, a.endpoint_id, e.audit_id, e.verdict_seq, now(), a.attempts, a.attempts
        from again a join event e on e.id = a.event_id
       order by a.id
      on conflict (delivery_id) do update
         set next_attempt_at = now()
       where task.claim_id is null or task.next_attempt_at <= now()
      """;

  static final String WAKE =
      """
      update lane set next_due_at = now(), used_at = now()
        from (select l.endpoint_id from lane l
               where l.endpoint_id in (select d.endpoint_id from delivery d
                                        where d.id = any (cast(:ids as uuid[])))
               order by l.endpoint_id for no key update) w
       where lane.endpoint_id = w.endpoint_id and lane.next_due_at > now()
      """;

  /** What a replay sends: not what is under way, superseded or goes to a disabled receiver. */
  private static final String WANTED =
      """
        from delivery d join event e on e.id = d.event_id join endpoint p on p.id = d.endpoint_id
       where d.tenant = :tenant and d.created_at >= :from and d.created_at < :to
         and p.state = 'ACTIVE'
         and not exists (
               select 1 from event n join delivery x on x.event_id = n.id and x.url = d.url
                where n.audit_id = e.audit_id and n.verdict_seq > e.verdict_seq
                  and (x.delivered_at is not null or x.status = 'DELIVERED'))
      """;

  /** Word for word as the index of what was missed says it. */
  private static final String MISSED =
      " and d.status in ('SKIPPED', 'EXHAUSTED', 'GONE', 'ABORTED', 'FORBIDDEN_ADDRESS')\n";

  private static final String ENDED = " and d.status not in ('PENDING', 'SUPERSEDED')\n";

  /** How many a replay sends, up to a number at which counting ends. */
  static String count(Replays.Wish wish) {
    return "select count(*) from (select 1 " + wanted(wish) + " limit :most) counted";
  }

  /** The next ones that a replay sends. */
  static String next(Replays.Wish wish) {
    return "select d.id, d.created_at "
        + wanted(wish)
        + " and (d.created_at, d.id) > (:after_at, :after_id) "
        + "order by d.created_at, d.id limit :limit";
  }

  /** Says only what is asked for, so that an index that fits is seen to fit. */
  private static String wanted(Replays.Wish wish) {
    return WANTED
        + (wish.missed() ? MISSED : ENDED)
        + (wish.endpointId() == null ? "" : " and d.endpoint_id = cast(:endpoint as uuid)\n");
  }

  static final String CREATE =
      """
      insert into replay (id, tenant, from_at, to_at, endpoint_id, missed, total, cursor_at)
      values (:id, :tenant, :from, :to, cast(:endpoint as uuid), :missed, :total, '-infinity')
      """;

  /**
   * The replay that has rested longest. It waits while many of its tenant's deliveries could be
   * made at once: what happens now goes first.
   */
  static final String LOCK_ONE =
      """
      select r.* from replay r
       where r.state = 'RUNNING' and r.touched_at <= now() - cast(:interval as interval)
         and (select count(*)
                from (select 1 from lane l join task t on t.endpoint_id = l.endpoint_id
                       where l.tenant = r.tenant and l.next_due_at < 'infinity' and not l.halted
                         and l.blocked_until <= now() and t.next_attempt_at <= now()
                       limit :backlog) waiting) < :backlog
       order by r.touched_at limit 1
         for update of r skip locked
      """;

  static final String CANCEL =
      """
      update replay set state = 'CANCELED', touched_at = now()
       where tenant = :tenant and id = :id and state in ('RUNNING', 'CANCELED')
      """;

  static final String ADVANCE =
      """
      update replay
         set done = done + :done, cursor_at = coalesce(:at, cursor_at),
             cursor_id = coalesce(cast(:cursor as uuid), cursor_id), touched_at = now(),
             state = case when :ended then 'DONE' else state end
       where id = :id
      """;
}
