package io.imageaudit.gateway.image;

import io.imageaudit.model.AuditId;
import io.imageaudit.model.AuditStatus;
import io.imageaudit.model.ContentDigest;
import io.imageaudit.model.TenantId;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Optional;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Reads them from the events of an audit, the latest first. */
final class JdbcAuditedImages implements AuditedImages {

  private static final String FIND =
      """
      select status,
             coalesce(concluded::jsonb #>> '{image,sha256}', ingested::jsonb #>> '{image,sha256}',
                      submitted::jsonb #>> '{image,sha256}') as sha256
        from audit
       where tenant = ? and audit_id = ?
      """;

  private final JdbcClient database;

  JdbcAuditedImages(JdbcClient database) {
    this.database = database;
  }

  @Override
  public Optional<AuditedImage> find(TenantId tenant, AuditId auditId) {
    return database
        .sql(FIND)
        .param(tenant.value())
        .param(auditId.value())
        .query((row, _) -> image(row))
        .optional();
  }

  private static AuditedImage image(ResultSet row) throws SQLException {
    String digest = row.getString("sha256");
    return new AuditedImage(
        digest == null ? null : new ContentDigest(digest),
        AuditStatus.valueOf(row.getString("status")).isFinal());
  }
}
