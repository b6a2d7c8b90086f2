package io.imageaudit.notification.delivery;

import io.imageaudit.model.kafka.EventPublisher;
import io.imageaudit.model.trace.Traces;
import io.imageaudit.notification.endpoint.SigningKeys;
import io.imageaudit.notification.tenant.TenantRulebook;
import io.imageaudit.notification.webhook.WebhookSender;
import io.imageaudit.notification.webhook.WebhookSettings;
import io.micrometer.core.instrument.MeterRegistry;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.InstantSource;
import javax.sql.DataSource;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionTemplate;

/** The parts that deliver. */
@Configuration(proxyBeanMethods = false)
class DeliveryConfig {

  /** What an attempt takes beside the exchange. */
  private static final Duration SLACK = Duration.ofSeconds(1);

  @Bean
  DueDeliveries dueDeliveries(
      JdbcClient jdbc, TransactionTemplate transaction, DeliverySettings settings) {
    return new JdbcDueDeliveries(jdbc, transaction, settings.lease());
  }

  @Bean
  Settlements settlements(JdbcClient jdbc, TransactionTemplate transaction, FlowSettings flow) {
    return new JdbcSettlements(jdbc, transaction, flow);
  }

  @Bean
  DeliveryLedger deliveryLedger(JdbcClient jdbc, TransactionTemplate transaction) {
    return new JdbcDeliveryLedger(jdbc, transaction);
  }

  @Bean
  Replays replays(JdbcClient jdbc, TransactionTemplate transaction, DeliverySettings settings) {
    return new JdbcReplays(jdbc, transaction, settings.replayInterval());
  }

  @Bean
  EventLog eventLog(JdbcClient jdbc) {
    return new JdbcEventLog(jdbc);
  }

  @Bean
  Retention retention(JdbcClient jdbc, TransactionTemplate transaction, DeliverySettings settings) {
    return new JdbcRetention(jdbc, transaction, settings.keepAttempts(), settings.keepEvents());
  }

  @Bean
  JdbcDueSignals dueSignals(DataSource dataSource, Nudge pumpNudge) {
    return new JdbcDueSignals(dataSource, pumpNudge);
  }

  @Bean
  EndedDeliveries endedDeliveries(JdbcClient jdbc) {
    return new JdbcEndedDeliveries(jdbc);
  }

  @Bean
  AnnounceEnded announceEnded(EndedDeliveries ended, EventPublisher publisher) {
    return new AnnounceEnded(ended, publisher);
  }

  @Bean
  DeliverDue deliverDue(
      SigningKeys signingKeys,
      WebhookSender sender,
      TenantRulebook rulebook,
      DeliverySettings settings,
      InstantSource clock,
      SecureRandom random,
      Traces traces) {
    RetrySchedule usual = new RetrySchedule(settings.retrySchedule(), settings.jitter());
    DeliveryRules rules =
        new DeliveryRules(
            tenant ->
                rulebook
                    .retrySchedule(tenant)
                    .map(pauses -> new RetrySchedule(pauses, settings.jitter()))
                    .orElse(usual),
            random);
    return new DeliverDue(signingKeys, sender, rules, clock, traces);
  }

  @Bean
  DeliveryMetrics deliveryMetrics(MeterRegistry registry, InstantSource clock) {
    return new DeliveryMetrics(registry, clock);
  }

  @Bean
  Nudge pumpNudge() {
    return new Nudge();
  }

  @Bean
  Nudge announceNudge() {
    return new Nudge();
  }

  @Bean
  Wakeup wakeup(Nudge pumpNudge) {
    return pumpNudge::now;
  }

  @Bean
  DeliveryPump deliveryPump(
      DueDeliveries due,
      Settlements settlements,
      DeliverDue deliverDue,
      Nudge pumpNudge,
      AnnounceEnded announceEnded,
      Nudge announceNudge,
      DeliveryMetrics metrics,
      DeliverySettings settings,
      WebhookSettings http) {
    HeldClaims held = new HeldClaims(due, System::nanoTime, settings.lease());
    SettlementWriter writer =
        new SettlementWriter(
            settlements,
            held,
            pumpNudge,
            ended -> {
              announceEnded.add(ended);
              announceNudge.now();
            });
    return new DeliveryPump(
        due,
        deliverDue::attempt,
        held,
        writer,
        metrics,
        pumpNudge,
        settings,
        http.totalTimeout().plus(SLACK));
  }

  @Bean
  DeliveryUpkeep deliveryUpkeep(
      DueDeliveries due,
      AnnounceEnded announceEnded,
      Nudge announceNudge,
      Nudge pumpNudge,
      JdbcDueSignals dueSignals,
      Replays replays,
      Retention retention,
      DeliveryMetrics metrics,
      DeliverySettings settings) {
    return new DeliveryUpkeep(
        due,
        announceEnded,
        announceNudge,
        pumpNudge,
        dueSignals,
        replays,
        retention,
        metrics,
        settings);
  }
}
