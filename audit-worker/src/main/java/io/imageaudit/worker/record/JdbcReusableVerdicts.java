package io.imageaudit.worker.record;

import io.imageaudit.model.AuditJson;
import io.imageaudit.model.event.AuditConcluded;
import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import org.springframework.jdbc.core.simple.JdbcClient;
import tools.jackson.databind.json.JsonMapper;

/** Reusable verdicts are audit records that carry a key. */
final class JdbcReusableVerdicts implements ReusableVerdicts {

  private final JdbcClient jdbc;
  private final Duration maxAge;
  private final JsonMapper json = AuditJson.mapper();

  JdbcReusableVerdicts(JdbcClient jdbc, Duration maxAge) {
    this.jdbc = jdbc;
    this.maxAge = maxAge;
  }

  @Override
  public Map<String, AuditConcluded> find(Collection<String> keys) {
    Map<String, AuditConcluded> found = new HashMap<>();
    jdbc.sql(
            """
            select distinct on (reuse_key) reuse_key, concluded from audit_record
            where reuse_key = any(:keys)
              and recorded_at > now() - :age * interval '1 millisecond'
            order by reuse_key, recorded_at desc
            """)
        .param("keys", keys.toArray(String[]::new))
        .param("age", maxAge.toMillis())
        .query((row, _) ->
            Map.entry(row.getString(1), json.readValue(row.getString(2), AuditConcluded.class)))
        .list()
        .forEach(entry -> found.put(entry.getKey(), entry.getValue()));
    return found;
  }

  /** The record itself is what is remembered. */
  @Override
  public void remember(String key, AuditConcluded verdict) {}
}
