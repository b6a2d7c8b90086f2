package io.imageaudit.notification.delivery;

/** The statements that settle attempts. */
final class JdbcSettleSql {

  private JdbcSettleSql() {}

  /** An outcome that is no status: nothing was sent. */
  static final String DEFERRED = "DEFERRED";

  /**
   * Logs all attempts; ends or reschedules those whose claim is still ours, and returns these. Who
   * settles tells the others of what has ended; they look after it themselves when he does not. A
   * claim that was lost at this moment is seen as lost: the rows are looked at again once their
   * locks are had. A lost claim and the one that it was lost to may be settled together.
   */
  static final String SETTLE =
      """
      with r as materialized (
        select * from unnest(
                 cast(:deliveries as uuid[]), cast(:claims as uuid[]), cast(:numbers as int[]),
                 cast(:started as timestamptz[]), cast(:millis as int[]),
                 cast(:addresses as text[]), cast(:statuses as int[]), cast(:faults as text[]),
                 cast(:details as text[]), cast(:excerpts as text[]), cast(:outcomes as text[]),
                 cast(:pauses as interval[]))
               as r(delivery_id, claim_id, number, started_at, millis, address, status, fault,
                    detail, excerpt, outcome, pause)),
      logged as (
        insert into attempt (delivery_id, number, started_at, millis, address, status, fault,
                             detail, excerpt)
        select delivery_id, number, started_at, millis, address, status, fault, detail, excerpt
          from r where outcome <> 'DEFERRED'),
      again as (
        update task t
           set next_attempt_at = now() + r.pause, claim_id = null,
               attempt = case when r.outcome = 'PENDING' then r.number else t.attempt end
          from r
         where t.delivery_id = r.delivery_id and t.claim_id = r.claim_id
           and r.outcome in ('PENDING', 'DEFERRED')
        returning r.delivery_id, r.claim_id),
      over as (
        delete from task t using r
         where t.delivery_id = r.delivery_id and t.claim_id = r.claim_id
           and r.outcome not in ('PENDING', 'DEFERRED')
        returning r.delivery_id, r.claim_id),
      ours as (table again union all table over),
      told as (
        update delivery d
           set status = r.outcome, attempts = r.number, last_status = r.status, last_fault = r.fault,
               ended_at = case when r.outcome = 'PENDING' then null else now() end,
               delivered_at =
                 coalesce(d.delivered_at, case when r.outcome = 'DELIVERED' then now() end),
               announced_at = null,
               announce_at =
                 case when r.outcome = 'PENDING' then null else now() + interval '30 seconds' end
          from r join ours on ours.delivery_id = r.delivery_id and ours.claim_id = r.claim_id
         where d.id = r.delivery_id and r.outcome <> 'DEFERRED')
      select claim_id from ours
      """;

  static final String PUT_OFF =
      """
      update task
         set next_attempt_at = now() + interval '1 hour', claim_id = null, attempt = :number
       where delivery_id = :delivery and claim_id = :claim
      """;

  /** Ends what is older than a verdict that has just been delivered to the same endpoint. */
  static final String SUPERSEDE =
      """
      with older as (
        delete from task t
         using unnest(cast(:lanes as uuid[]), cast(:audits as uuid[]), cast(:seqs as int[]))
               as n(endpoint_id, audit_id, verdict_seq)
         where t.endpoint_id = n.endpoint_id and t.audit_id = n.audit_id
           and t.verdict_seq < n.verdict_seq
        returning t.delivery_id)
      update delivery d set status = 'SUPERSEDED', ended_at = now(), announce_at = now()
        from older where d.id = older.delivery_id
      """;

  static final String LOCK_FLOWS =
      """
      select endpoint_id, in_flight_limit, window_start, window_calls, window_failures, timeouts,
             opens, blocked_until, failing_since, last_failed_at, now() as now
        from lane where endpoint_id = any (cast(:lanes as uuid[]))
       order by endpoint_id for no key update
      """;

  /** Also says when the lanes are due next. */
  static final String UPDATE_FLOWS =
      """
      update lane l
         set in_flight_limit = f.lim, window_start = f.start, window_calls = f.calls,
             window_failures = f.failures, timeouts = f.timeouts, opens = f.opens,
             blocked_until = f.blocked, failing_since = f.failing, last_failed_at = f.failed,
             next_due_at = case
               when w.due > now() then w.due
               when w.in_flight >= case when f.opens > 0 then 1 else floor(f.lim) end
                 then now() + interval '1 second'
               when lane_tokens(l) < 1 then lane_next_token(l, lane_tokens(l))
               else now() end
        from unnest(cast(:lanes as uuid[]), cast(:limits as real[]),
                    cast(:starts as timestamptz[]), cast(:calls as int[]),
                    cast(:failures as int[]), cast(:timeouts as int[]), cast(:opens as int[]),
                    cast(:blocked as timestamptz[]), cast(:failing as timestamptz[]),
                    cast(:failed as timestamptz[]))
             as f(id, lim, start, calls, failures, timeouts, opens, blocked, failing, failed)
       cross join lateral (
             select coalesce((select min(t.next_attempt_at) from task t
                               where t.endpoint_id = f.id), 'infinity') as due,
                    (select count(*) from task t
                      where t.endpoint_id = f.id and t.claim_id is not null
                        and t.next_attempt_at > now()) as in_flight) w
       where l.endpoint_id = f.id
      """;

  static final String HALT =
      "update lane set halted = true where endpoint_id = any (cast(:lanes as uuid[]))";

  static final String DISABLE =
      """
      update endpoint p set state = 'DISABLED', disabled_reason = h.reason, updated_at = now()
        from unnest(cast(:lanes as uuid[]), cast(:reasons as text[])) as h(id, reason)
       where p.id = h.id and p.state <> 'DISABLED'
      """;
}
