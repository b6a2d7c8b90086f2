package io.imageaudit.notification.access;

import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionTemplate;

/** The parts that stand before the internal API. */
@Configuration(proxyBeanMethods = false)
class AccessConfig {

  @Bean
  BoundedWork boundedWork(
      JdbcClient jdbc, TransactionTemplate transaction, ManagementSettings settings) {
    return new JdbcBoundedWork(jdbc, transaction, settings.mostAtATime(), settings.timeLimit());
  }
}
