package io.imageaudit.intake.ingest;

import io.imageaudit.model.kafka.EventPublisher;
import io.micrometer.core.instrument.MeterRegistry;
import java.security.SecureRandom;
import java.time.InstantSource;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.scheduling.annotation.EnableScheduling;

/** Wires the step. */
@Configuration(proxyBeanMethods = false)
@EnableScheduling
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

  @Bean
  WatchedIngestion watchedIngestion(IngestSubmission ingestion, MeterRegistry meters) {
    return new WatchedIngestion(ingestion, meters);
  }

  @Bean
  SlowLane slowLane(
      SlowSubmissions submissions,
      WatchedIngestion ingestion,
      IngestSettings settings,
      InstantSource clock) {
    return new SlowLane(submissions, ingestion, settings, clock);
  }

  @Bean
  IngestBatch ingestBatch(WatchedIngestion ingestion, SlowLane slowLane, IngestSettings settings) {
    return new IngestBatch(ingestion, slowLane, settings);
  }
}
