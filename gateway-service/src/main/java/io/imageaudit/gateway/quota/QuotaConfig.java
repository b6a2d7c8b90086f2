package io.imageaudit.gateway.quota;

import io.imageaudit.gateway.limits.Limits;
import java.util.Map;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.core.simple.JdbcClient;

/** The quota of each tenant. */
@Configuration(proxyBeanMethods = false)
class QuotaConfig {

  @Bean
  SubmissionQuota submissionQuota(QuotaSettings settings, JdbcClient database) {
    Buckets own = new LocalBuckets(settings);
    Buckets buckets =
        switch (settings.shared()) {
          case NONE -> own;
          case POSTGRESQL -> new ResilientBuckets(new JdbcBuckets(database, settings), own);
        };
    return new SubmissionQuota(buckets, settings);
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
