package io.imageaudit.gateway.status;

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
}
