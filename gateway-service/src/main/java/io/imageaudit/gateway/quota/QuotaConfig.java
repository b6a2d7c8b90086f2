package io.imageaudit.gateway.quota;

import io.imageaudit.gateway.limits.Limits;
import java.util.Map;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** The quota of each tenant. */
@Configuration(proxyBeanMethods = false)
class QuotaConfig {

  @Bean
  SubmissionQuota submissionQuota(QuotaSettings settings) {
    return new SubmissionQuota(settings);
  }

  @Bean
  Limits quotaLimits(QuotaSettings settings) {
    return () ->
        Map.of(
            "quota_images_per_second", settings.rate(),
            "quota_burst_images", settings.burst(),
            "quota_bytes_per_day", settings.bytesPerDay().toBytes());
  }
}
