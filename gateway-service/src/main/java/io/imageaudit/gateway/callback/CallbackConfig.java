package io.imageaudit.gateway.callback;

import io.imageaudit.gateway.internal.InternalCalls;
import io.imageaudit.gateway.problem.Answers;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** The parts of this feature. */
@Configuration(proxyBeanMethods = false)
class CallbackConfig {

  @Bean
  CallbackDesk callbackDesk(
      InternalCalls calls, NotificationSettings notification, Answers answers) {
    return new CallbackDesk(calls, notification, answers);
  }
}
