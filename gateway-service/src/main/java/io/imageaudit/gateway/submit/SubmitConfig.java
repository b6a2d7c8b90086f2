package io.imageaudit.gateway.submit;

import io.imageaudit.model.kafka.EventPublisher;
import java.net.URI;
import java.net.http.HttpClient;
import java.time.Duration;
import java.time.InstantSource;
import java.util.concurrent.Executors;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.core.simple.JdbcClient;

/** The parts of the first step. */
@Configuration(proxyBeanMethods = false)
class SubmitConfig {

  @Bean
  JsonForms jsonForms(SubmitSettings settings) {
    return new JsonForms(settings.maxJsonBytes());
  }

  @Bean
  Strategies strategies(PolicySettings policies) {
    return new FolderStrategies(policies.directory());
  }

  @Bean
  CheckRequest checkRequest(SubmitSettings settings, Strategies strategies) {
    return new CheckRequest(
        settings,
        strategies,
        new AddressChecks(settings.maxUrlLength(), SubmitConfig::namesNoUser));
  }

  @Bean
  ImageUploads imageUploads(IntakeSettings intake, InternalSettings internal) {
    HttpClient http =
        HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(intake.connectTimeout())
            .executor(Executors.newVirtualThreadPerTaskExecutor())
            .build();
    return new HttpImageUploads(http, intake, internal.token());
  }

  @Bean
  AcceptedAudits acceptedAudits(JdbcClient database) {
    return new JdbcAcceptedAudits(database, Duration.ofHours(24), Duration.ofSeconds(30));
  }

  @Bean
  SubmitAudit submitAudit(
      ImageUploads uploads, AcceptedAudits audits, EventPublisher events, InstantSource clock) {
    return new SubmitAudit(uploads, audits, events, clock);
  }

  private static boolean namesNoUser(URI address) {
    return address.getRawUserInfo() == null;
  }
}
