package io.imageaudit.notification.tenant;

import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.core.simple.JdbcClient;

/** The parts that know tenants' rules. */
@Configuration(proxyBeanMethods = false)
class TenantConfig {

  @Bean
  TenantRulebook tenantRulebook(JdbcClient jdbc, TenantSettings settings) {
    return new TenantRulebook(new JdbcTenantRules(jdbc), settings);
  }
}
