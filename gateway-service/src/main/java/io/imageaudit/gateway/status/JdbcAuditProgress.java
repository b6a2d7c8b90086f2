package io.imageaudit.gateway.status;

import io.imageaudit.model.AuditId;
import io.imageaudit.model.AuditJson;
import io.imageaudit.model.Category;
import io.imageaudit.model.event.AuditConcluded;
import io.imageaudit.model.event.AuditEvent;
import io.imageaudit.model.event.AuditIngested;
import io.imageaudit.model.event.AuditNotified;
import io.imageaudit.model.event.AuditSubmitted;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import tools.jackson.databind.json.JsonMapper;

/**
 * The read model in PostgreSQL. Each kind of event is one statement for all events of a batch. Rows
 * are written in the order of their identity, so that two instances cannot wait for each other. An
 * audit that is not known yet (the tables are being rebuilt) is made from the event.
 */
final class JdbcAuditProgress implements AuditProgress {

  private static final String INGESTED =
      """
      insert into audit (audit_id, tenant, reference, created_at, deadline, ingested, status)
      select e.*, 'INGESTED'
        from unnest(?::uuid[], ?::text[], ?::text[], ?::timestamptz[], ?::timestamptz[], ?::text[])
          as e(audit_id, tenant, reference, created_at, deadline, ingested)
       order by audit_id
      on conflict (audit_id) do update
        set status = excluded.status, ingested = excluded.ingested
        where audit.status = 'QUEUED' and audit.tenant = excluded.tenant
      """;

  private static final String CONCLUDED =
      """
      insert into audit (audit_id, tenant, reference, created_at, deadline, concluded, status,
                         verdict, verdict_seq, categories, completed_at, evidence)
      select audit_id, tenant, reference, created_at, deadline, concluded, status, verdict,
             verdict_seq, string_to_array(categories, ','), completed_at, evidence
        from unnest(?::uuid[], ?::text[], ?::text[], ?::timestamptz[], ?::timestamptz[], ?::text[],
                    ?::text[], ?::text[], ?::integer[], ?::text[], ?::timestamptz[], ?::text[])
          as e(audit_id, tenant, reference, created_at, deadline, concluded, status, verdict,
               verdict_seq, categories, completed_at, evidence)
       order by audit_id
      on conflict (audit_id) do update
        set status = excluded.status, concluded = excluded.concluded, verdict = excluded.verdict,
            verdict_seq = excluded.verdict_seq, categories = excluded.categories,
            completed_at = excluded.completed_at, evidence = excluded.evidence
        where audit.verdict_seq < excluded.verdict_seq and audit.tenant = excluded.tenant
      returning audit_id
      """;

  private static final String NOTIFIED =
      """
      insert into delivery (audit_id, tenant, delivery_id, notified, notified_at)
      select * from unnest(?::uuid[], ?::text[], ?::uuid[], ?::text[], ?::timestamptz[])
        as e(audit_id, tenant, delivery_id, notified, notified_at)
       order by delivery_id
      on conflict (delivery_id) do update
        set notified = excluded.notified, notified_at = excluded.notified_at
        where delivery.notified_at < excluded.notified_at and delivery.tenant = excluded.tenant
      """;

  private final JdbcClient database;
  private final JsonMapper json = AuditJson.mapper();

  JdbcAuditProgress(JdbcClient database) {
    this.database = database;
  }

  @Override
  public List<AuditConcluded> advance(List<AuditEvent> events) {
    Map<AuditId, AuditIngested> ingested = new LinkedHashMap<>();
    Map<AuditId, AuditConcluded> concluded = new HashMap<>();
    Map<UUID, AuditNotified> notified = new HashMap<>();
    for (AuditEvent event : events) {
      switch (event) {
        case AuditSubmitted _ -> {} // Our own; we knew it before we said it.
        case AuditIngested first -> ingested.putIfAbsent(first.auditId(), first);
        case AuditConcluded verdict ->
            concluded.merge(verdict.auditId(), verdict, JdbcAuditProgress::latestVerdict);
        case AuditNotified delivery ->
            notified.merge(delivery.deliveryId(), delivery, JdbcAuditProgress::latestDelivery);
      }
    }
    ingested(List.copyOf(ingested.values()));
    List<AuditConcluded> ended = concluded(List.copyOf(concluded.values()));
    notified(List.copyOf(notified.values()));
    return ended;
  }

  /** Of two events of one verdict the first counts, of two verdicts the later one. */
  private static AuditConcluded latestVerdict(AuditConcluded first, AuditConcluded second) {
    return second.verdictSeq() > first.verdictSeq() ? second : first;
  }

  private static AuditNotified latestDelivery(AuditNotified first, AuditNotified second) {
    return second.notifiedAt().isAfter(first.notifiedAt()) ? second : first;
  }

  private void ingested(List<AuditIngested> events) {
    if (!events.isEmpty()) {
      database.sql(INGESTED).params(head(events)).update();
    }
  }

  private List<AuditConcluded> concluded(List<AuditConcluded> events) {
    if (events.isEmpty()) {
      return List.of();
    }
    List<Object> columns = head(events.stream().map(event -> event.resting(null)).toList());
    columns.add(texts(events, event -> event.status().name()));
    columns.add(texts(events, event -> event.verdict() == null ? null : event.verdict().name()));
    columns.add(events.stream().map(AuditConcluded::verdictSeq).toArray(Integer[]::new));
    columns.add(texts(events, JdbcAuditProgress::categories));
    columns.add(texts(events, event -> event.concludedAt().toString()));
    columns.add(texts(events, this::evidence));
    Set<UUID> changed =
        database
            .sql(CONCLUDED)
            .params(columns)
            .query((row, _) -> row.getObject("audit_id", UUID.class))
            .set();
    return events.stream()
        .filter(event -> event.verdictSeq() == 1 && changed.contains(event.auditId().value()))
        .toList();
  }

  private void notified(List<AuditNotified> events) {
    if (!events.isEmpty()) {
      database
          .sql(NOTIFIED)
          .param(ids(events))
          .param(texts(events, event -> event.request().tenant().value()))
          .param(events.stream().map(AuditNotified::deliveryId).toArray(UUID[]::new))
          .param(texts(events, json::writeValueAsString))
          .param(texts(events, event -> event.notifiedAt().toString()))
          .update();
    }
  }

  /** The columns that are the same for all: identity, tenant, reference, times, the event. */
  private List<Object> head(List<? extends AuditEvent> events) {
    List<Object> columns = new ArrayList<>();
    columns.add(ids(events));
    columns.add(texts(events, event -> event.request().tenant().value()));
    columns.add(texts(events, event -> event.request().reference()));
    columns.add(texts(events, event -> event.request().submittedAt().toString()));
    columns.add(texts(events, event -> event.request().deadline().toString()));
    columns.add(texts(events, json::writeValueAsString));
    return columns;
  }

  private @Nullable String evidence(AuditConcluded event) {
    return event.evidence() == null ? null : json.writeValueAsString(event.evidence());
  }

  private static String categories(AuditConcluded event) {
    return event.findings().stream()
        .map(finding -> finding.category())
        .map(Category::code)
        .distinct()
        .collect(Collectors.joining(","));
  }

  private static UUID[] ids(Collection<? extends AuditEvent> events) {
    return events.stream().map(event -> event.auditId().value()).toArray(UUID[]::new);
  }

  private static <E> @Nullable String[] texts(
      Collection<? extends E> events, Function<E, @Nullable String> text) {
    return events.stream().map(text).toArray(String[]::new);
  }
}
