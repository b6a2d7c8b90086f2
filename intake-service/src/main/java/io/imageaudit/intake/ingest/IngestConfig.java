package io.imageaudit.intake.ingest;

import io.imageaudit.model.kafka.EventPublisher;
import io.imageaudit.model.trace.Traces;
import io.micrometer.core.instrument.MeterRegistry;
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
    return new KafkaAnnouncements(publisher);
  }

  @Bean
  Ingestion ingestion(IngestSubmission step, MeterRegistry meters, Traces traces) {
    return new WatchedIngestion(step, meters, traces);
  }

  @Bean(initMethod = "start", destroyMethod = "close")
  SlowLane slowLane(
      SlowSubmissions submissions,
      Ingestion ingestion,
      IngestSettings settings,
      InstantSource clock) {
    return new SlowLane(submissions, ingestion, settings, clock);
  }

  @Bean
  IngestBatch ingestBatch(Ingestion ingestion, SlowLane slowLane, IngestSettings settings) {
    return new IngestBatch(ingestion, slowLane, settings);
  }
}
