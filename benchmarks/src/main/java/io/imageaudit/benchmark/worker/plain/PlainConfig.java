package io.imageaudit.benchmark.worker.plain;

import io.imageaudit.model.kafka.EventCodec;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.env.Environment;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.kafka.core.KafkaTemplate;

/** What the plain worker is made of. */
@Configuration(proxyBeanMethods = false)
class PlainConfig {

  @Bean
  PlainListener plainListener(
      KafkaTemplate<String, byte[]> kafka, JdbcClient jdbc, Environment settings) {
    return new PlainListener(
        new EventCodec(),
        kafka,
        new JdbcPlainRecords(jdbc),
        settings.getRequiredProperty("plain.store"),
        settings.getRequiredProperty("plain.model"));
  }
}
