package io.imageaudit.gateway.submit;

import io.imageaudit.gateway.internal.IntakeSettings;
import io.imageaudit.gateway.internal.InternalSettings;
import io.imageaudit.gateway.limits.Limits;
import io.imageaudit.gateway.overload.Admission;
import io.imageaudit.gateway.overload.BodyMemory;
import io.imageaudit.gateway.quota.SubmissionQuota;
import io.imageaudit.model.kafka.EventPublisher;
import io.imageaudit.model.net.OutboundGuard;
import io.imageaudit.model.net.OutboundSettings;
import io.imageaudit.model.trace.Traces;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.net.UnknownHostException;
import java.net.http.HttpClient;
import java.time.InstantSource;
import java.util.Map;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.web.multipart.MultipartResolver;

/** The parts of the first step. */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(OutboundSettings.class)
class SubmitConfig {

  @Bean
  SubmittedForms submittedForms(SubmitSettings settings, BodyMemory memory) {
    JsonForms json =
        new JsonForms(
            settings.maxJsonBytes(),
            settings.maxBatchJsonBytes().toBytes(),
            settings.maxBatchItems());
    return new SubmittedForms(
        json, new MultipartForms(json, settings.maxBatchItems()), new Bodies(memory), settings);
  }

  @Bean
  MultipartResolver multipartResolver(SubmitSettings settings) {
    return new SingleFormBound("/v1/audits", settings.maxUploadBytes().toBytes());
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
  ImageUploads imageUploads(
      HttpClient internalHttp, IntakeSettings intake, InternalSettings internal, Traces traces) {
    return new HttpImageUploads(internalHttp, intake, internal.token(), traces);
  }

  @Bean
  DoubtfulAudits doubtfulAudits(
      JdbcClient database, SubmitSettings settings, InstantSource clock, MeterRegistry registry) {
    DoubtfulAudits audits =
        new DoubtfulAudits(rows(database, settings), settings.patience(), clock);
    Gauge.builder("image.audit.accept.doubtful", audits, DoubtfulAudits::count)
        .description("audits refused whose rows may be there")
        .register(registry);
    return audits;
  }

  private static JdbcAcceptedAudits rows(JdbcClient database, SubmitSettings settings) {
    return new JdbcAcceptedAudits(database, settings.keyLifetime(), settings.patience());
  }

  @Bean
  GroupedAcceptedAudits acceptedAudits(
      JdbcClient database,
      DoubtfulAudits doubtful,
      SubmitSettings settings,
      MeterRegistry registry) {
    GroupedAcceptedAudits audits =
        new GroupedAcceptedAudits(
            rows(database, settings),
            doubtful,
            settings.maxGroup(),
            settings.writers(),
            settings.longestWait());
    Gauge.builder("image.audit.accept.waiting", audits, GroupedAcceptedAudits::waiting)
        .description("requests that wait for a commit")
        .register(registry);
    return audits;
  }

  @Bean
  SubmissionDesk submissionDesk(
      CheckRequest checks,
      SubmissionQuota quota,
      Admission admission,
      ImageUploads uploads,
      AcceptedAudits audits,
      DoubtfulAudits doubtful,
      EventPublisher events,
      InstantSource clock,
      MeterRegistry registry) {
    return new SubmissionDesk(
        checks,
        quota,
        admission,
        new SubmitAudits(uploads, audits, new Announcements(events, audits, doubtful), clock),
        new SubmissionMeters(registry));
  }

  @Bean
  AnnounceQueued announceQueued(
      JdbcClient database, SubmitSettings settings, EventPublisher events, InstantSource clock) {
    return new AnnounceQueued(
        new JdbcUnannouncedAudits(database, settings.patience()), events, clock);
  }

  @Bean
  Limits submissionLimits(SubmitSettings settings) {
    return () ->
        Map.of(
            "max_inline_image_bytes", settings.maxInlineBytes().toBytes(),
            "max_upload_image_bytes", settings.maxUploadBytes().toBytes(),
            "max_batch_items", settings.maxBatchItems(),
            "max_batch_json_bytes", settings.maxBatchJsonBytes().toBytes(),
            "default_timeout_sec", settings.defaultTimeout().toSeconds(),
            "max_timeout_sec", settings.maxTimeout().toSeconds(),
            "idempotency_key_lifetime_sec", settings.keyLifetime().toSeconds());
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
