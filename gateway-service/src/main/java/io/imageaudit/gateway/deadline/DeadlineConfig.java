package io.imageaudit.gateway.deadline;

import io.imageaudit.model.kafka.EventPublisher;
import java.time.InstantSource;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.scheduling.annotation.EnableScheduling;

/** The parts of the deadline keeper. */
@Configuration(proxyBeanMethods = false)
@EnableScheduling
class DeadlineConfig {

  @Bean
  ExpireOverdue expireOverdue(
      JdbcClient database, EventPublisher events, DeadlineSettings settings, InstantSource clock) {
    return new ExpireOverdue(new JdbcOverdueAudits(database), events, settings, clock);
  }
}
