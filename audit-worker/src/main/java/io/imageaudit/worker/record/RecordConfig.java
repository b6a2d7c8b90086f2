package io.imageaudit.worker.record;

import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Keeps audit records in PostgreSQL. */
@Configuration(proxyBeanMethods = false)
class RecordConfig {

  @Bean
  AuditLedger auditLedger(JdbcClient jdbc) {
    return new JdbcAuditLedger(jdbc);
  }
}
