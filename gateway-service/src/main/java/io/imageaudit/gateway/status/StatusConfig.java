package io.imageaudit.gateway.status;

import io.imageaudit.gateway.limits.Limits;
import io.imageaudit.gateway.overload.Admission;
import java.util.Map;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.core.simple.JdbcClient;

/** The parts of the read model. */
@Configuration(proxyBeanMethods = false)
class StatusConfig {

  @Bean
  AuditProgress auditProgress(JdbcClient database) {
    return new JdbcAuditProgress(database);
  }

  @Bean
  KnownAudits knownAudits(JdbcClient database) {
    return new JdbcKnownAudits(database);
  }

  @Bean
  AuditWatch auditWatch() {
    return new AuditWatch();
  }

  @Bean
  WatchEnds watchEnds(AuditWatch watch, KnownAudits audits) {
    return new WatchEnds(watch, audits);
  }

  @Bean
  FindAudit findAudit(KnownAudits audits, AuditWatch watch, Admission admission) {
    return new FindAudit(audits, watch, admission);
  }

  @Bean
  Limits searchLimits() {
    return () ->
        Map.of(
            "default_page_size", SearchParameters.DEFAULT_LIMIT,
            "max_page_size", SearchParameters.MAX_LIMIT,
            "max_wait_sec", StatusController.LONGEST_WAIT);
  }
}
