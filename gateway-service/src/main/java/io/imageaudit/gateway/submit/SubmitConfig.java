package io.imageaudit.gateway.submit;

import io.imageaudit.model.kafka.EventPublisher;
import io.imageaudit.model.net.OutboundGuard;
import io.imageaudit.model.net.OutboundSettings;
import java.net.UnknownHostException;
import java.net.http.HttpClient;
import java.time.Duration;
import java.time.InstantSource;
import java.util.concurrent.Executors;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.core.simple.JdbcClient;

/** The parts of the first step. */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(OutboundSettings.class)
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
  CheckRequest checkRequest(
      SubmitSettings settings, Strategies strategies, OutboundSettings outbound) {
    return new CheckRequest(settings, strategies, new AddressChecks(textGuard(outbound)));
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

  /** A guard that inspects and never connects, so names stand for nothing. */
  private static OutboundGuard textGuard(OutboundSettings outbound) {
    return new OutboundGuard(
        outbound,
        host -> {
          throw new UnknownHostException(host);
        });
  }
}
