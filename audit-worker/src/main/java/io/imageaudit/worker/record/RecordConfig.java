package io.imageaudit.worker.record;

import io.micrometer.core.instrument.MeterRegistry;
import java.time.InstantSource;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/** Keeps audit records in PostgreSQL. */
@Configuration(proxyBeanMethods = false)
class RecordConfig {

  @Bean
  AuditLedger auditLedger(
      JdbcClient jdbc,
      PlatformTransactionManager transactions,
      RecordSettings settings,
      MeterRegistry meters) {
    AuditLedger stored =
        new JdbcAuditLedger(jdbc, new TransactionTemplate(transactions), settings.finishWithin());
    return new CountedAuditLedger(new GatheredAuditLedger(stored), meters);
  }

  @Bean
  ReusableVerdicts reusableVerdicts(JdbcClient jdbc, ReuseSettings settings, InstantSource clock) {
    return new CachedReusableVerdicts(
        new JdbcReusableVerdicts(jdbc, settings.maxAge()),
        settings.cacheSize(),
        settings.maxAge(),
        clock);
  }

  @Bean
  UnfinishedAudits unfinishedAudits(JdbcClient jdbc) {
    return new JdbcUnfinishedAudits(jdbc);
  }
}
