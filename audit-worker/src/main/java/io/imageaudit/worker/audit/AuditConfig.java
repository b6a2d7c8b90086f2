package io.imageaudit.worker.audit;

import io.imageaudit.model.kafka.EventCodec;
import io.imageaudit.model.kafka.EventPublisher;
import io.imageaudit.model.kafka.EventSettings;
import io.imageaudit.model.trace.Traces;
import io.imageaudit.worker.check.Checks;
import io.imageaudit.worker.check.Pause;
import io.imageaudit.worker.image.DecodeSettings;
import io.imageaudit.worker.image.ImageBytes;
import io.imageaudit.worker.image.ImageDecoder;
import io.imageaudit.worker.policy.Policies;
import io.imageaudit.worker.record.AuditLedger;
import io.imageaudit.worker.record.ReusableVerdicts;
import io.imageaudit.worker.record.ReuseSettings;
import io.imageaudit.worker.record.UnfinishedAudits;
import java.time.Duration;
import java.time.InstantSource;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.kafka.config.KafkaListenerEndpointRegistry;
import org.springframework.kafka.listener.ConsumerRecordRecoverer;

/** The way of an audit through the worker. */
@Configuration(proxyBeanMethods = false)
class AuditConfig {

  /** For reading, decoding, recording and saying. */
  private static final Duration LEASE_MARGIN = Duration.ofMinutes(1);

  @Bean
  InstantSource clock() {
    return InstantSource.system();
  }

  @Bean
  JudgeImage judgeImage(
      ImageBytes store, ImageDecoder decoder, Checks checks, InstantSource clock) {
    return new JudgeImage(store, decoder, checks, clock);
  }

  @Bean
  ReuseKeys reuseKeys(
      Policies policies, Checks checks, DecodeSettings decoding, ReuseSettings settings) {
    return new ReuseKeys(policies, checks, decoding.viewing(), settings.enabled());
  }

  @Bean
  Verdicts verdicts(AuditSettings settings, ReuseKeys keys, InstantSource clock) {
    return new Verdicts(new Evidences(settings.worker()), keys, clock);
  }

  @Bean
  FinishAudit finishAudit(
      UnfinishedAudits unfinished,
      JudgeImage judge,
      Verdicts verdicts,
      Policies policies,
      AuditLedger ledger,
      EventPublisher publisher,
      Checks checks,
      AuditSettings settings,
      InstantSource clock) {
    return new FinishAudit(
        unfinished,
        judge,
        verdicts,
        policies,
        ledger,
        publisher,
        settings.finishEvery(),
        checks.longestLook(),
        clock);
  }

  @Bean
  FinishDegraded finishDegraded(
      UnfinishedAudits unfinished, FinishAudit one, Checks checks, InstantSource clock) {
    return new FinishDegraded(unfinished, one, checks.longestLook().plus(LEASE_MARGIN), clock);
  }

  @Bean
  RunAudit runAudit(
      JudgeImage judge,
      Verdicts verdicts,
      Policies policies,
      AuditLedger ledger,
      ReusableVerdicts reusable,
      EventPublisher publisher,
      AuditSettings settings,
      InstantSource clock) {
    return new RunAudit(judge, policies, ledger, reusable, publisher, verdicts, settings, clock);
  }

  @Bean
  RunAudits runAudits(
      RunAudit runAudit,
      AuditLedger ledger,
      ReuseKeys keys,
      ReusableVerdicts reusable,
      EventSettings events,
      Pause pause,
      Traces traces,
      AuditSettings settings,
      InstantSource clock) {
    return new RunAudits(
        runAudit,
        ledger,
        keys,
        reusable,
        new TryAgain(events.attempts(), pause),
        traces,
        new Holding(settings.reserve(), settings.hold(), clock));
  }

  @Bean
  AuditIngestedListener auditIngestedListener(
      RunAudits runAudits,
      EventCodec codec,
      ConsumerRecordRecoverer deadLetters,
      KafkaListenerEndpointRegistry listeners,
      AuditSettings settings) {
    return new AuditIngestedListener(
        runAudits, codec, deadLetters, new HeldPartitions(listeners), settings.patience());
  }

  @Bean
  LostCommits lostCommits() {
    return new LostCommits();
  }

  @Bean
  AcknowledgedLater acknowledgedLater(LostCommits lostCommits) {
    return new AcknowledgedLater(lostCommits);
  }

  @Bean
  DrainAudits drainAudits(
      KafkaListenerEndpointRegistry listeners, RunAudits runAudits, AuditSettings settings) {
    return new DrainAudits(listeners, runAudits.running(), settings.drain());
  }
}
