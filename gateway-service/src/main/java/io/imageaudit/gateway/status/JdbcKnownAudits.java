package io.imageaudit.gateway.status;

import io.imageaudit.model.AuditId;
import io.imageaudit.model.AuditJson;
import io.imageaudit.model.AuditResult;
import io.imageaudit.model.TenantId;
import io.imageaudit.model.event.AuditConcluded;
import io.imageaudit.model.event.AuditIngested;
import io.imageaudit.model.event.AuditNotified;
import io.imageaudit.model.event.AuditSubmitted;
import java.sql.Array;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.springframework.jdbc.core.simple.JdbcClient;
import tools.jackson.databind.json.JsonMapper;

/** The read model in PostgreSQL. The tenant is part of every question. */
final class JdbcKnownAudits implements KnownAudits {

  private static final String FIND =
      """
      select submitted, ingested, concluded,
             array(select notified from delivery d
                    where d.audit_id = a.audit_id and d.tenant = a.tenant order by notified_at)
               as deliveries
        from audit a
       where tenant = ? and audit_id = ?
      """;

  private final JdbcClient database;
  private final JsonMapper json = AuditJson.mapper();

  JdbcKnownAudits(JdbcClient database) {
    this.database = database;
  }

  @Override
  public Optional<AuditView> find(TenantId tenant, AuditId auditId) {
    return database
        .sql(FIND)
        .param(tenant.value())
        .param(auditId.value())
        .query(this::view)
        .optional();
  }

  private AuditView view(ResultSet row, int number) throws SQLException {
    return new AuditView(result(row), deliveries(row.getArray("deliveries")));
  }

  private AuditResult result(ResultSet row) throws SQLException {
    String concluded = row.getString("concluded");
    if (concluded != null) {
      return AuditResult.of(json.readValue(concluded, AuditConcluded.class));
    }
    String ingested = row.getString("ingested");
    return ingested != null
        ? AuditResult.of(json.readValue(ingested, AuditIngested.class))
        : AuditResult.of(json.readValue(row.getString("submitted"), AuditSubmitted.class));
  }

  private List<DeliveryView> deliveries(Array column) throws SQLException {
    return Arrays.stream((String[]) column.getArray())
        .map(event -> DeliveryView.of(json.readValue(event, AuditNotified.class)))
        .toList();
  }
}
