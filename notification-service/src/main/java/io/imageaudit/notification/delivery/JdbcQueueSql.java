package io.imageaudit.notification.delivery;

/** The statements of the queue. */
final class JdbcQueueSql {

  private JdbcQueueSql() {}

  /**
   * For claims: one that the database forgets when it crashes is made again. Settlements wait, and
   * with them whatever was written before.
   */
  static final String WITHOUT_WAITING_FOR_DISK = "set local synchronous_commit = off";

  /**
   * Some due lanes of each of some tenants, beginning behind a tenant. The recursion leaps from one
   * tenant with a due lane to the next, however many lanes each has.
   */
  static final String LOCK_LANES =
      """
      with recursive round as (
        (select l.tenant from lane l
          where l.next_due_at <= now() and l.blocked_until <= now() and not l.halted
            and l.tenant > :after and l.tenant <= :last
            and l.tenant <> all (cast(:busy as text[]))
          order by l.tenant limit 1)
        union all
        select (select l.tenant from lane l
                 where l.next_due_at <= now() and l.blocked_until <= now() and not l.halted
                   and l.tenant > round.tenant and l.tenant <= :last
                   and l.tenant <> all (cast(:busy as text[]))
                 order by l.tenant limit 1)
          from round where round.tenant is not null),
      picked as materialized (
        select tenant from round where tenant is not null limit :tenants)
      select l.endpoint_id, l.tenant
        from picked cross join lateral (
               select endpoint_id, tenant from lane
                where lane.tenant = picked.tenant and lane.next_due_at <= now()
                  and lane.blocked_until <= now() and not lane.halted
                order by lane.next_due_at
                limit greatest(2, :lanes / (select count(*) from picked))
                  for no key update skip locked) l
       order by l.tenant
      """;

  /**
   * A few due rows of each lane, as many for each tenant. A statement of its own, so that it sees
   * what was committed before the lanes were locked. Of one audit's verdicts the older goes first,
   * and while one is in flight the others wait. Tries are numbered behind those that were settled:
   * one whose maker is gone costs none. One that was made a task while a newer verdict arrived at
   * its address is ended here: whoever made it, and whoever settled that, saw nothing of each
   * other.
   */
  static final String CLAIM =
      """
      with room as materialized (
        select l.endpoint_id, l.tenant,
               least(:per_lane,
                     (case when l.opens > 0 then 1 else cast(floor(l.in_flight_limit) as int) end)
                     - (select count(*) from task t
                         where t.endpoint_id = l.endpoint_id and t.claim_id is not null
                           and t.next_attempt_at > now()),
                     coalesce(cast(least(floor(lane_tokens(l)), :per_lane) as int), :per_lane))
                 as room
          from lane l where l.endpoint_id = any (cast(:lanes as uuid[]))),
      due as materialized (
        select d.delivery_id, d.outrun,
               row_number() over (partition by room.tenant order by d.next_attempt_at) as turn
          from room cross join lateral (
                 select t.delivery_id, t.next_attempt_at,
                        exists (
                          select 1 from event n join delivery x on x.event_id = n.id
                            join delivery o on o.url = x.url
                           where n.audit_id = t.audit_id and n.verdict_seq > t.verdict_seq
                             and o.id = t.delivery_id
                             and (x.delivered_at is not null or x.status = 'DELIVERED')) as outrun
                   from task t
                  where t.endpoint_id = room.endpoint_id and t.next_attempt_at <= now()
                    and not exists (
                          select 1 from task o
                           where o.endpoint_id = t.endpoint_id and o.audit_id = t.audit_id
                             and o.delivery_id <> t.delivery_id
                             and (o.claim_id is not null and o.next_attempt_at > now()
                                  or o.next_attempt_at <= now() and o.verdict_seq < t.verdict_seq))
                  order by t.next_attempt_at limit greatest(room.room, 0)
                    for update skip locked) d),
      superseded as (
        delete from task t using due where t.delivery_id = due.delivery_id and due.outrun
        returning t.delivery_id),
      ended as (
        update delivery d
           set status = 'SUPERSEDED', ended_at = now(), announced_at = null, announce_at = now()
          from superseded s where d.id = s.delivery_id),
      turns as materialized (
        select delivery_id from due where not outrun order by turn limit :most),
      claimed as (
        update task t
           set next_attempt_at = now() + cast(:lease as interval), claim_id = gen_random_uuid()
          from turns where t.delivery_id = turns.delivery_id
        returning t.*)
      select c.claim_id, c.delivery_id, c.endpoint_id, c.audit_id, c.verdict_seq,
             c.attempt + 1 as attempt, c.attempts_before, d.event_id, d.tenant, d.url, e.occurred_at,
             e.trace_id, e.body, p.form, p.ed25519,
             p.checksum_uid
        from claimed c join delivery d on d.id = c.delivery_id join event e on e.id = d.event_id
             join endpoint p on p.id = c.endpoint_id
      """;

  /**
   * Says when lanes are due next. One that has due rows but no room waits for a settlement, or a
   * second; one that has spent its rate waits for the next token.
   */
  static final String POINT =
      """
      update lane l
         set tokens = coalesce(lane_tokens(l) - p.spent, l.tokens), tokens_at = now(),
             next_due_at = case
               when p.due > now() then p.due
               when p.in_flight >= case when l.opens > 0 then 1 else floor(l.in_flight_limit) end
                 then now() + interval '1 second'
               when lane_tokens(l) - p.spent < 1
                 then lane_next_token(l, lane_tokens(l) - p.spent)
               else now() end
        from (select x.id, x.spent,
                     coalesce((select min(t.next_attempt_at) from task t
                                where t.endpoint_id = x.id), 'infinity') as due,
                     (select count(*) from task t
                       where t.endpoint_id = x.id and t.claim_id is not null
                         and t.next_attempt_at > now()) as in_flight
                from unnest(cast(:lanes as uuid[]), cast(:spent as int[])) as x(id, spent)) p
       where l.endpoint_id = p.id
      """;

  /** Only what is still ours. */
  static final String RENEW =
      """
      update task t set next_attempt_at = now() + cast(:lease as interval)
        from (select o.delivery_id
                from task o
                join unnest(cast(:deliveries as uuid[]), cast(:claims as uuid[]))
                     as c(delivery_id, claim_id)
                  on o.delivery_id = c.delivery_id and o.claim_id = c.claim_id
               order by o.delivery_id for update of o skip locked) ours
       where t.delivery_id = ours.delivery_id
      returning t.claim_id
      """;

  static final String SWEEP =
      """
      with late as (
        select l.endpoint_id from lane l
         where not l.halted and l.next_due_at > now() + interval '1 second'
           and exists (select 1 from task t
                        where t.endpoint_id = l.endpoint_id and t.next_attempt_at <= now())
         order by l.endpoint_id for no key update skip locked)
      update lane set next_due_at = now() from late where lane.endpoint_id = late.endpoint_id
      """;

  /** Counts up to 10,000 of each lane. */
  static final String BACKLOG =
      """
      select coalesce(sum(w.due), 0) as due,
             coalesce(extract(epoch from now() - min(w.oldest)), 0) as seconds
        from lane l cross join lateral (
               select count(*) as due, min(x.next_attempt_at) as oldest
                 from (select t.next_attempt_at from task t
                        where t.endpoint_id = l.endpoint_id and t.next_attempt_at <= now()
                        order by t.next_attempt_at limit 10000) x) w
       where l.next_due_at <= now() + interval '1 second' and l.next_due_at < 'infinity'
         and not l.halted and l.blocked_until <= now()
      """;

  static final String SKIP_HALTED =
      """
      with waiting as materialized (
        select t.delivery_id from lane l join task t on t.endpoint_id = l.endpoint_id
         where l.halted and (t.claim_id is null or t.next_attempt_at <= now())
         limit :most for update of t skip locked),
      removed as (
        delete from task t using waiting w where t.delivery_id = w.delivery_id
        returning t.delivery_id)
      update delivery d
         set status = 'SKIPPED', ended_at = now(), announced_at = null, announce_at = now()
        from removed r where d.id = r.delivery_id
      """;
}
