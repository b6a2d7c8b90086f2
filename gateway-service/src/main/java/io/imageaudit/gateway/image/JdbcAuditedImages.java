package io.imageaudit.gateway.image;

import io.imageaudit.model.AuditId;
import io.imageaudit.model.ContentDigest;
import io.imageaudit.model.TenantId;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Optional;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Reads them from the events of an audit, the latest first. */
final class JdbcAuditedImages implements AuditedImages {

  /**
   * Digests are looked for as text before an event is parsed: few of the unfinished audits are of
   * the same bytes.
   */
  private static final String FIND =
      """
      with asked as (
        select status in ('QUEUED', 'INGESTED') as unfinished,
               coalesce(concluded::jsonb #>> '{image,sha256}', ingested::jsonb #>> '{image,sha256}',
                        submitted::jsonb #>> '{image,sha256}') as sha256
          from audit
         where tenant = :tenant and audit_id = :audit)
      select sha256,
             unfinished or exists (
               select from audit
                where tenant = :tenant and status in ('QUEUED', 'INGESTED')
                  and case when position(sha256 in coalesce(ingested, submitted)) > 0
                           then coalesce(ingested, submitted)::jsonb #>> '{image,sha256}' = sha256
                           else false end) as needed
        from asked
      """;

  private final JdbcClient database;

  JdbcAuditedImages(JdbcClient database) {
    this.database = database;
  }

  @Override
  public Optional<AuditedImage> find(TenantId tenant, AuditId auditId) {
    return database
        .sql(FIND)
        .param("tenant", tenant.value())
        .param("audit", auditId.value())
        .query((row, _) -> image(row))
        .optional();
  }

  private static AuditedImage image(ResultSet row) throws SQLException {
    String digest = row.getString("sha256");
    return new AuditedImage(
        digest == null ? null : new ContentDigest(digest), row.getBoolean("needed"));
  }
}
