package io.imageaudit.notification.notify;

import io.imageaudit.model.trace.Traces;
import io.imageaudit.notification.delivery.Wakeup;
import io.imageaudit.notification.endpoint.Subscriptions;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionTemplate;

/** The parts that plan deliveries. */
@Configuration(proxyBeanMethods = false)
class NotifyConfig {

  @Bean
  DeliveryPlans deliveryPlans(JdbcClient jdbc, TransactionTemplate transaction) {
    return new JdbcDeliveryPlans(jdbc, transaction);
  }

  @Bean
  PlanDelivery planDelivery(
      DeliveryPlans plans,
      Subscriptions subscriptions,
      NotifySettings settings,
      Wakeup wakeup,
      Traces traces) {
    return new PlanDelivery(
        plans, subscriptions, new CallbackBody(settings.apiUrl()), wakeup, traces);
  }
}
