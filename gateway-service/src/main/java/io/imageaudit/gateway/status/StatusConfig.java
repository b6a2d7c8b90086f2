package io.imageaudit.gateway.status;

import io.imageaudit.gateway.limits.Limits;
import io.imageaudit.gateway.overload.Admission;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.Map;
import javax.sql.DataSource;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.simple.JdbcClient;

/** The parts of the read model. */
@Configuration(proxyBeanMethods = false)
class StatusConfig {

  /** Somebody waits for the answer, and is told in time when there is none. */
  private static final int LONGEST_QUERY_SECONDS = 2;

  @Bean
  AuditProgress auditProgress(JdbcClient database) {
    return new JdbcAuditProgress(database);
  }

  @Bean
  KnownAudits knownAudits(DataSource database) {
    JdbcTemplate impatient = new JdbcTemplate(database);
    impatient.setQueryTimeout(LONGEST_QUERY_SECONDS);
    return new JdbcKnownAudits(JdbcClient.create(impatient));
  }

  @Bean
  AuditWatch auditWatch() {
    return new AuditWatch();
  }

  @Bean
  ConclusionMeters conclusionMeters(MeterRegistry registry) {
    return new ConclusionMeters(registry);
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
