package io.imageaudit.gateway.overload;

import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** The bounds of the instance. */
@Configuration(proxyBeanMethods = false)
class OverloadConfig {

  @Bean
  Admission admission(OverloadSettings settings) {
    return new Admission(settings);
  }

  @Bean
  BodyMemory bodyMemory(OverloadSettings settings) {
    return new BodyMemory(settings, Runtime.getRuntime().maxMemory());
  }
}
