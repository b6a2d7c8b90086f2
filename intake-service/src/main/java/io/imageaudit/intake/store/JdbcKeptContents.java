package io.imageaudit.intake.store;

import io.imageaudit.model.ContentDigest;
import io.imageaudit.model.TenantId;
import java.sql.Timestamp;
import java.time.Instant;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Kept contents in PostgreSQL. */
@Component
final class JdbcKeptContents implements KeptContents {

  private final JdbcClient jdbc;

  JdbcKeptContents(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  @Override
  public void record(TenantId tenant, ContentDigest sha256, Instant at) {
    jdbc.sql(
            """
            insert into content (tenant, sha256, kept_at) values (?, ?, ?)
            on conflict (tenant, sha256) do update set kept_at = excluded.kept_at
            """)
        .params(tenant.value(), sha256.hex(), Timestamp.from(at))
        .update();
  }
}
