package io.imageaudit.gateway.image;

import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.core.simple.JdbcClient;

/** The parts of this feature. */
@Configuration(proxyBeanMethods = false)
class ImageConfig {

  @Bean
  AuditedImages auditedImages(JdbcClient database) {
    return new JdbcAuditedImages(database);
  }
}
