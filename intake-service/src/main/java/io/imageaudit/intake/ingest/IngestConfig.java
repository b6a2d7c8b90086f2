package io.imageaudit.intake.ingest;

import io.imageaudit.model.kafka.EventPublisher;
import java.security.SecureRandom;
import java.time.InstantSource;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Wires the step. */
@Configuration(proxyBeanMethods = false)
class IngestConfig {

  @Bean
  @ConditionalOnMissingBean
  InstantSource clock() {
    return InstantSource.system();
  }

  @Bean
  Announcements announcements(EventPublisher publisher) {
    return new KafkaAnnouncements(publisher, new SecureRandom());
  }
}
