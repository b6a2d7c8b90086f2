package io.imageaudit.gateway.trace;

import java.security.SecureRandom;
import java.time.Clock;
import java.time.InstantSource;
import java.util.random.RandomGenerator;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** The clock and the source of randomness of the whole service. */
@Configuration(proxyBeanMethods = false)
class TimeConfig {

  @Bean
  InstantSource clock() {
    return Clock.systemUTC();
  }

  @Bean
  RandomGenerator random() {
    return new SecureRandom();
  }
}
