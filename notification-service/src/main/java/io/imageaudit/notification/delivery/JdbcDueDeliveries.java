package io.imageaudit.notification.delivery;

import io.imageaudit.model.AuditId;
import io.imageaudit.model.TenantId;
import java.net.URI;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * The queue in PostgreSQL. It picks endpoints first and then a few rows of each, so that a backlog
 * of one endpoint delays no other. All times are the database's, so replicas need not agree on one.
 *
 * <p>Locks are taken in one order everywhere: tasks (skipping those that are locked), then lanes by
 * identity.
 */
final class JdbcDueDeliveries implements DueDeliveries {

  private static final int MOST_LANES = 32;

  private static final String LOCK_LANES =
      """
      select endpoint_id from lane
       where next_due_at <= now() and blocked_until <= now()
       order by next_due_at limit :lanes
         for no key update skip locked
      """;

  /** A statement of its own, so that it sees what was committed before the lanes were locked. */
  private static final String CLAIM =
      """
      with room as materialized (
        select id, :per_lane - (
                 select count(*) from task t
                  where t.endpoint_id = id and t.claim_id is not null and t.next_attempt_at > now()
               ) as room
          from unnest(cast(:lanes as uuid[])) as id),
      due as materialized (
        select d.delivery_id
          from room cross join lateral (
                 select t.delivery_id from task t
                  where t.endpoint_id = room.id and t.next_attempt_at <= now()
                  order by t.next_attempt_at limit greatest(room.room, 0)
                    for update skip locked) d
         limit :most),
      claimed as (
        update task t
           set next_attempt_at = now() + cast(:lease as interval), attempt = attempt + 1,
               claim_id = gen_random_uuid()
          from due where t.delivery_id = due.delivery_id
        returning t.*)
      select c.claim_id, c.delivery_id, c.endpoint_id, c.audit_id, c.verdict_seq, c.attempt,
             d.event_id, d.tenant, d.url, e.trace_id, e.body
        from claimed c join delivery d on d.id = c.delivery_id join event e on e.id = d.event_id
      """;

  /** A lane that has due rows but no room waits for a settlement, or this long. */
  private static final String POINT_LANES =
      """
      update lane l
         set next_due_at = case when p.due <= now() and p.in_flight >= :per_lane
                                then now() + interval '1 second' else greatest(p.due, now()) end
        from (select id,
                     coalesce((select min(t.next_attempt_at) from task t
                                where t.endpoint_id = id), 'infinity') as due,
                     (select count(*) from task t
                       where t.endpoint_id = id and t.claim_id is not null
                         and t.next_attempt_at > now()) as in_flight
                from unnest(cast(:lanes as uuid[])) as id) p
       where l.endpoint_id = p.id
      """;

  private static final String LOCK_BY_IDENTITY =
      """
      select endpoint_id from lane
       where endpoint_id = any(cast(:lanes as uuid[])) order by endpoint_id for no key update
      """;

  private static final String LOCK_OURS =
      """
      select t.delivery_id
        from task t
        join unnest(cast(:deliveries as uuid[]), cast(:claims as uuid[])) as c(delivery_id, claim_id)
          on t.delivery_id = c.delivery_id and t.claim_id = c.claim_id
       order by t.delivery_id for update of t
      """;

  private static final String LOG_ATTEMPTS =
      """
      insert into attempt (delivery_id, number, started_at, millis, address, status, fault, detail,
                           excerpt)
      select * from unnest(
        cast(:deliveries as uuid[]), cast(:numbers as int[]), cast(:started as timestamptz[]),
        cast(:millis as int[]), cast(:addresses as text[]), cast(:statuses as int[]),
        cast(:faults as text[]), cast(:details as text[]), cast(:excerpts as text[]))
      """;

  private static final String RESCHEDULE =
      """
      update task t set next_attempt_at = now() + cast(r.pause as interval), claim_id = null
        from unnest(cast(:deliveries as uuid[]), cast(:pauses as text[])) as r(delivery_id, pause)
       where t.delivery_id = r.delivery_id
      """;

  private static final String REMOVE =
      "delete from task where delivery_id = any(cast(:deliveries as uuid[]))";

  private static final String UPDATE_DELIVERIES =
      """
      update delivery d
         set status = r.status, attempts = r.attempts, last_status = r.last_status,
             last_fault = r.fault,
             ended_at = case when r.status = 'PENDING' then null else now() end,
             announce_at = case when r.status = 'PENDING' then null else now() end
        from unnest(cast(:deliveries as uuid[]), cast(:outcomes as text[]),
                    cast(:numbers as int[]), cast(:statuses as int[]), cast(:faults as text[]))
             as r(delivery_id, status, attempts, last_status, fault)
       where d.id = r.delivery_id
      """;

  private static final String SWEEP =
      """
      with late as (
        select l.endpoint_id from lane l
         where exists (select 1 from task t
                        where t.endpoint_id = l.endpoint_id and t.next_attempt_at < l.next_due_at
                          and t.next_attempt_at <= now())
           and l.next_due_at > now() + interval '1 second'
         order by l.endpoint_id for no key update skip locked)
      update lane set next_due_at = now() from late where lane.endpoint_id = late.endpoint_id
      """;

  private final JdbcClient jdbc;
  private final TransactionTemplate transaction;
  private final Duration lease;
  private final int perLane;

  JdbcDueDeliveries(JdbcClient jdbc, TransactionTemplate transaction, Duration lease, int perLane) {
    this.jdbc = jdbc;
    this.transaction = transaction;
    this.lease = lease;
    this.perLane = perLane;
  }

  @Override
  public List<Claim> claim(int most) {
    return Objects.requireNonNull(transaction.execute(_ -> claimWithin(most)));
  }

  private List<Claim> claimWithin(int most) {
    List<UUID> lanes = jdbc.sql(LOCK_LANES).param("lanes", MOST_LANES).query(UUID.class).list();
    if (lanes.isEmpty()) {
      return List.of();
    }
    var ids = JdbcArrays.texts(lanes, id -> id);
    List<Claim> claims =
        jdbc.sql(CLAIM)
            .param("lanes", ids)
            .param("per_lane", perLane)
            .param("most", most)
            .param("lease", lease.toString())
            .query(JdbcDueDeliveries::claimOf)
            .list();
    point(ids);
    return claims;
  }

  private static Claim claimOf(ResultSet row, int index) throws SQLException {
    return new Claim(
        row.getObject("claim_id", UUID.class),
        row.getObject("delivery_id", UUID.class),
        row.getObject("endpoint_id", UUID.class),
        row.getObject("event_id", UUID.class),
        new TenantId(row.getString("tenant")),
        new AuditId(row.getObject("audit_id", UUID.class)),
        row.getInt("verdict_seq"),
        URI.create(row.getString("url")),
        row.getInt("attempt"),
        row.getString("trace_id"),
        row.getBytes("body"));
  }

  @Override
  public void settle(List<Settlement> settlements) {
    transaction.executeWithoutResult(_ -> settleWithin(settlements));
  }

  private void settleWithin(List<Settlement> settlements) {
    Set<UUID> ours = lockOurs(settlements);
    logAttempts(settlements);
    List<Settlement> settled =
        settlements.stream().filter(one -> ours.contains(one.claim().deliveryId())).toList();
    reschedule(settled.stream().filter(JdbcDueDeliveries::isPending).toList());
    remove(settled.stream().filter(one -> !isPending(one)).toList());
    updateDeliveries(settled);
    List<UUID> lanes =
        settled.stream().map(one -> one.claim().endpointId()).distinct().sorted().toList();
    var ids = JdbcArrays.texts(lanes, id -> id);
    jdbc.sql(LOCK_BY_IDENTITY).param("lanes", ids).query(UUID.class).list();
    point(ids);
  }

  private Set<UUID> lockOurs(List<Settlement> settlements) {
    return new HashSet<>(
        jdbc.sql(LOCK_OURS)
            .param("deliveries", JdbcArrays.texts(settlements, one -> one.claim().deliveryId()))
            .param("claims", JdbcArrays.texts(settlements, one -> one.claim().claimId()))
            .query(UUID.class)
            .list());
  }

  private void logAttempts(List<Settlement> all) {
    jdbc.sql(LOG_ATTEMPTS)
        .param("deliveries", JdbcArrays.texts(all, one -> one.claim().deliveryId()))
        .param("numbers", JdbcArrays.texts(all, one -> one.claim().attempt()))
        .param("started", JdbcArrays.texts(all, one -> one.log().startedAt()))
        .param("millis", JdbcArrays.texts(all, one -> one.log().took().toMillis()))
        .param("addresses", JdbcArrays.texts(all, one -> one.log().address()))
        .param("statuses", JdbcArrays.texts(all, one -> one.log().status()))
        .param("faults", JdbcArrays.texts(all, one -> one.log().fault()))
        .param("details", JdbcArrays.texts(all, one -> one.log().detail()))
        .param("excerpts", JdbcArrays.texts(all, one -> one.log().excerpt()))
        .update();
  }

  private void reschedule(List<Settlement> pending) {
    if (!pending.isEmpty()) {
      jdbc.sql(RESCHEDULE)
          .param("deliveries", JdbcArrays.texts(pending, one -> one.claim().deliveryId()))
          .param("pauses", JdbcArrays.texts(pending, JdbcDueDeliveries::pauseOf))
          .update();
    }
  }

  private void remove(List<Settlement> ended) {
    if (!ended.isEmpty()) {
      jdbc.sql(REMOVE)
          .param("deliveries", JdbcArrays.texts(ended, one -> one.claim().deliveryId()))
          .update();
    }
  }

  private void updateDeliveries(List<Settlement> settled) {
    jdbc.sql(UPDATE_DELIVERIES)
        .param("deliveries", JdbcArrays.texts(settled, one -> one.claim().deliveryId()))
        .param("outcomes", JdbcArrays.texts(settled, one -> status(one.outcome())))
        .param("numbers", JdbcArrays.texts(settled, one -> one.claim().attempt()))
        .param("statuses", JdbcArrays.texts(settled, one -> one.log().status()))
        .param("faults", JdbcArrays.texts(settled, one -> one.log().fault()))
        .update();
  }

  private void point(Object lanes) {
    jdbc.sql(POINT_LANES).param("lanes", lanes).param("per_lane", perLane).update();
  }

  @Override
  public int sweep() {
    return jdbc.sql(SWEEP).update();
  }

  private static boolean isPending(Settlement settlement) {
    return settlement.outcome() instanceof DeliveryOutcome.RetryAfterPause;
  }

  private static String pauseOf(Settlement settlement) {
    return switch (settlement.outcome()) {
      case DeliveryOutcome.RetryAfterPause retry -> retry.pause().toString();
      case DeliveryOutcome.Delivered _, DeliveryOutcome.GivenUp _ -> Duration.ZERO.toString();
    };
  }

  private static String status(DeliveryOutcome outcome) {
    return switch (outcome) {
      case DeliveryOutcome.Delivered _ -> "DELIVERED";
      case DeliveryOutcome.RetryAfterPause _ -> "PENDING";
      case DeliveryOutcome.GivenUp end -> end.reason().name();
    };
  }
}
