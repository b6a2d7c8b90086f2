package io.imageaudit.notification.notify;

import static io.imageaudit.notification.delivery.JdbcArrays.texts;

import io.imageaudit.model.AuditJson;
import io.imageaudit.notification.delivery.Wakeup;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.springframework.dao.ConcurrencyFailureException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionTemplate;
import tools.jackson.databind.json.JsonMapper;

/**
 * Plans in PostgreSQL, a batch in one transaction. Rows are written in one order everywhere:
 * events, endpoints, lanes, each by its key; so planners wait for each other but never in a circle.
 */
final class JdbcDeliveryPlans implements DeliveryPlans {

  private static final String INSERT_EVENTS =
      """
      insert into event (id, audit_id, verdict_seq, tenant, type, verdict, occurred_at, trace_id,
                         request, body)
      select * from unnest(
        cast(:ids as uuid[]), cast(:audits as uuid[]), cast(:seqs as int[]),
        cast(:tenants as text[]), cast(:types as text[]), cast(:verdicts as text[]),
        cast(:occurred as timestamptz[]), cast(:traces as text[]), cast(:requests as text[]),
        cast(:bodies as bytea[]))
      on conflict do nothing
      returning id
      """;

  private static final String INSERT_ENDPOINTS =
      """
      insert into endpoint (id, tenant, url, created_at, updated_at)
      select gen_random_uuid(), tenant, url, now(), now()
        from (select distinct tenant, url
                from unnest(cast(:tenants as text[]), cast(:endpoints as text[])) as t(tenant, url)
               order by tenant, url) t
      on conflict do nothing
      """;

  /** Holds the endpoints, so that none is forgotten meanwhile, and counts them. */
  private static final String INSERT_LANES =
      """
      with held as materialized (
        select p.id, p.tenant
          from endpoint p
         where (p.tenant, p.url) in (
                 select * from unnest(cast(:tenants as text[]), cast(:endpoints as text[])))
         order by p.id for key share),
      added as (
        insert into lane (endpoint_id, tenant) select id, tenant from held order by id
        on conflict do nothing)
      select count(*) from held
      """;

  /**
   * A disabled receiver's delivery is kept as skipped; one whose newer verdict has been delivered
   * already is superseded. The others become tasks.
   */
  private static final String INSERT_DELIVERIES =
      """
      with planned as (
        insert into delivery (id, event_id, endpoint_id, tenant, url, status, created_at, ended_at,
                              announce_at)
        select gen_random_uuid(), t.event_id, p.id, t.tenant, t.url, s.status, now(),
               case when s.status <> 'PENDING' then now() end,
               case when s.status <> 'PENDING' then now() end
          from unnest(cast(:ids as uuid[]), cast(:tenants as text[]), cast(:endpoints as text[]),
                      cast(:urls as text[])) as t(event_id, tenant, endpoint, url)
          join endpoint p on p.tenant = t.tenant and p.url = t.endpoint
         cross join lateral (
               select case when p.state = 'DISABLED' then 'SKIPPED'
                           when exists (
                             select 1 from event e
                               join event n on n.audit_id = e.audit_id
                                           and n.verdict_seq > e.verdict_seq
                               join delivery x on x.event_id = n.id and x.url = t.url
                              where e.id = t.event_id
                                and (x.delivered_at is not null or x.status = 'DELIVERED'))
                             then 'SUPERSEDED'
                           else 'PENDING' end as status) s
        on conflict do nothing
        returning id, event_id, endpoint_id, status),
      tasks as (
        insert into task (delivery_id, endpoint_id, audit_id, verdict_seq, next_attempt_at)
        select d.id, d.endpoint_id, e.audit_id, e.verdict_seq, now()
          from planned d join event e on e.id = d.event_id
         where d.status = 'PENDING'
        returning endpoint_id)
      select distinct endpoint_id from tasks order by endpoint_id
      """;

  /** Waits for a claim that is looking at the lane: it may not see the new rows. */
  private static final String LOCK_LANES =
      """
      select endpoint_id from lane
       where endpoint_id = any(cast(:lanes as uuid[])) order by endpoint_id for no key update
      """;

  private static final String WAKE_LANES =
      """
      update lane set next_due_at = now(), used_at = now()
       where endpoint_id = any(cast(:lanes as uuid[])) and next_due_at > now()
      """;

  private static final int MOST_TRIES = 3;

  private final JdbcClient jdbc;
  private final TransactionTemplate transaction;
  private final JsonMapper json = AuditJson.mapper();

  JdbcDeliveryPlans(JdbcClient jdbc, TransactionTemplate transaction) {
    this.jdbc = jdbc;
    this.transaction = transaction;
  }

  /** One event for one callback. */
  private record JdbcPlan(PlannedEvent event, Callback callback) {

    String tenant() {
      return event.concluded().request().tenant().value();
    }
  }

  @Override
  public int record(List<PlannedEvent> events) {
    if (events.isEmpty()) {
      return 0;
    }
    List<PlannedEvent> sorted =
        events.stream().sorted(Comparator.comparing(PlannedEvent::id)).toList();
    return Objects.requireNonNull(transaction.execute(_ -> recordWithin(sorted)));
  }

  private int recordWithin(List<PlannedEvent> events) {
    Set<UUID> added = new HashSet<>(insertEvents(events));
    List<JdbcPlan> plans =
        events.stream()
            .filter(event -> added.remove(event.id()))
            .flatMap(event -> event.callbacks().stream().map(url -> new JdbcPlan(event, url)))
            .toList();
    if (!plans.isEmpty()) {
      insertDeliveries(plans);
    }
    return plans.size();
  }

  private List<UUID> insertEvents(List<PlannedEvent> events) {
    return jdbc.sql(INSERT_EVENTS)
        .param("ids", texts(events, PlannedEvent::id))
        .param("audits", texts(events, event -> event.concluded().auditId()))
        .param("seqs", texts(events, event -> event.concluded().verdictSeq()))
        .param("tenants", texts(events, event -> event.concluded().request().tenant()))
        .param("types", texts(events, PlannedEvent::type))
        .param("verdicts", texts(events, event -> event.concluded().verdict()))
        .param("occurred", texts(events, event -> event.concluded().concludedAt()))
        .param("traces", texts(events, event -> event.concluded().request().traceId()))
        .param(
            "requests",
            texts(events, event -> json.writeValueAsString(event.concluded().request())))
        .param("bodies", events.stream().map(PlannedEvent::body).toArray(byte[][]::new))
        .query((row, _) -> row.getObject(1, UUID.class))
        .list();
  }

  private void insertDeliveries(List<JdbcPlan> plans) {
    var tenants = texts(plans, JdbcPlan::tenant);
    var endpoints = texts(plans, plan -> plan.callback().endpoint());
    hold(tenants, endpoints);
    List<UUID> lanes =
        jdbc.sql(INSERT_DELIVERIES)
            .param("ids", texts(plans, plan -> plan.event().id()))
            .param("tenants", tenants)
            .param("endpoints", endpoints)
            .param("urls", texts(plans, plan -> plan.callback().url()))
            .query((row, _) -> row.getObject(1, UUID.class))
            .list();
    var ids = texts(lanes, id -> id);
    jdbc.sql(LOCK_LANES).param("lanes", ids).query(UUID.class).list();
    jdbc.sql(WAKE_LANES).param("lanes", ids).update();
    jdbc.sql("select pg_notify(?, '')").param(Wakeup.CHANNEL).query().singleRow();
  }

  /** Makes the endpoints that are new. One that was forgotten in between is made again. */
  private void hold(@Nullable String[] tenants, @Nullable String[] endpoints) {
    long wanted =
        IntStream.range(0, tenants.length)
            .mapToObj(i -> tenants[i] + " " + endpoints[i])
            .distinct()
            .count();
    for (int i = 0; i < MOST_TRIES; i++) {
      jdbc.sql(INSERT_ENDPOINTS).param("tenants", tenants).param("endpoints", endpoints).update();
      long held =
          jdbc.sql(INSERT_LANES)
              .param("tenants", tenants)
              .param("endpoints", endpoints)
              .query(Long.class)
              .single();
      if (held == wanted) {
        return;
      }
    }
    throw new ConcurrencyFailureException("endpoints are forgotten while they are planned for");
  }
}
