package io.imageaudit.notification.delivery;

import io.imageaudit.model.kafka.EventPublisher;
import io.imageaudit.notification.endpoint.SigningKeys;
import io.imageaudit.notification.webhook.WebhookSender;
import java.security.SecureRandom;
import java.time.InstantSource;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionTemplate;

/** The parts that deliver. */
@Configuration(proxyBeanMethods = false)
class DeliveryConfig {

  @Bean
  DueDeliveries dueDeliveries(
      JdbcClient jdbc, TransactionTemplate transaction, DeliverySettings settings) {
    return new JdbcDueDeliveries(
        jdbc, transaction, settings.lease(), settings.maxInFlightPerEndpoint());
  }

  @Bean
  EndedDeliveries endedDeliveries(JdbcClient jdbc) {
    return new JdbcEndedDeliveries(jdbc);
  }

  @Bean
  DeliverDue deliverDue(
      SigningKeys signingKeys,
      WebhookSender sender,
      DeliverySettings settings,
      InstantSource clock,
      SecureRandom random) {
    RetrySchedule schedule = new RetrySchedule(settings.retrySchedule(), settings.jitter());
    return new DeliverDue(signingKeys, sender, new DeliveryRules(schedule, random), clock, random);
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
      DeliverDue deliverDue,
      Nudge pumpNudge,
      Nudge announceNudge,
      DeliverySettings settings) {
    return new DeliveryPump(
        due, deliverDue, new SettlementWriter(due, announceNudge), pumpNudge, settings);
  }

  @Bean
  DeliveryUpkeep deliveryUpkeep(
      DueDeliveries due,
      EndedDeliveries ended,
      EventPublisher publisher,
      Nudge announceNudge,
      Nudge pumpNudge,
      DeliverySettings settings,
      SecureRandom random) {
    return new DeliveryUpkeep(
        due,
        new AnnounceEnded(ended, publisher, random),
        announceNudge,
        pumpNudge,
        settings.sweepInterval());
  }
}
