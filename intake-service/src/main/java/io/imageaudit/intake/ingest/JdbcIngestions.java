package io.imageaudit.intake.ingest;

import io.imageaudit.intake.fetch.FetchReceipt;
import io.imageaudit.intake.image.ImageDetails;
import io.imageaudit.model.AuditId;
import io.imageaudit.model.AuditJson;
import io.imageaudit.model.ImageFacts;
import io.imageaudit.model.TenantId;
import io.imageaudit.model.event.AuditConcluded;
import io.imageaudit.model.event.AuditEvent;
import io.imageaudit.model.event.AuditIngested;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import tools.jackson.databind.json.JsonMapper;

/** Ingestions and images in PostgreSQL. */
@Component
final class JdbcIngestions implements Ingestions {

  private static final String INGESTED = "ingested";
  private static final String CONCLUDED = "concluded";

  private final JdbcClient jdbc;
  private final JsonMapper json = AuditJson.mapper();

  JdbcIngestions(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  @Override
  public Optional<AuditEvent> find(AuditId auditId) {
    return jdbc.sql("select outcome, event from ingestion where audit_id = ?")
        .param(auditId.value())
        .query(this::event)
        .optional();
  }

  @Override
  public AuditEvent record(AuditEvent event, @Nullable FetchReceipt receipt, Instant at) {
    String outcome = event instanceof AuditIngested ? INGESTED : CONCLUDED;
    int inserted =
        jdbc.sql(
                """
                insert into ingestion (audit_id, tenant, outcome, event, receipt, ended_at)
                values (?, ?, ?, ?::jsonb, ?::jsonb, ?)
                on conflict (audit_id) do nothing
                """)
            .params(
                event.auditId().value(),
                event.request().tenant().value(),
                outcome,
                json.writeValueAsString(event))
            .param(receipt == null ? null : json.writeValueAsString(receipt))
            .param(Timestamp.from(at))
            .update();
    return inserted == 1 ? event : find(event.auditId()).orElse(event);
  }

  @Override
  public void image(TenantId tenant, ImageFacts facts, ImageDetails details, Instant at) {
    jdbc.sql(
            """
            insert into image (tenant, sha256, format, width, height, bytes, frames, phash,
              details, stored_at, used_at)
            values (?, ?, ?, ?, ?, ?, ?, ?, ?::jsonb, ?, ?)
            on conflict (tenant, sha256) do update
              set used_at = excluded.used_at, erased_at = null
            """)
        .params(
            tenant.value(),
            facts.sha256().hex(),
            facts.format(),
            facts.width(),
            facts.height(),
            facts.bytes(),
            facts.frames())
        .param(facts.phash())
        .params(json.writeValueAsString(details), Timestamp.from(at), Timestamp.from(at))
        .update();
  }

  private AuditEvent event(ResultSet row, int number) throws SQLException {
    Class<? extends AuditEvent> kind =
        INGESTED.equals(row.getString("outcome")) ? AuditIngested.class : AuditConcluded.class;
    return json.readValue(row.getString("event"), kind);
  }
}
