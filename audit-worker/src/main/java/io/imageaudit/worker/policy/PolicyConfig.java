package io.imageaudit.worker.policy;

import java.nio.file.Path;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.scheduling.annotation.EnableScheduling;

/** The policies of a folder. */
@Configuration(proxyBeanMethods = false)
@EnableScheduling
class PolicyConfig {

  @Bean
  FilePolicies policies(PolicySettings settings) {
    return new FilePolicies(Path.of(settings.directory()));
  }

  @Bean
  RefreshPolicies refreshPolicies(FilePolicies policies) {
    return new RefreshPolicies(policies);
  }
}
