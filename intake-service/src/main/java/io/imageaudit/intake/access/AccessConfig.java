package io.imageaudit.intake.access;

import org.springframework.boot.web.servlet.FilterRegistrationBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.Ordered;
import tools.jackson.databind.json.JsonMapper;

/** Puts the credential check before every internal call. */
@Configuration(proxyBeanMethods = false)
class AccessConfig {

  @Bean
  FilterRegistrationBean<InternalTokenFilter> internalTokenFilter(
      InternalSettings settings, JsonMapper json) {
    FilterRegistrationBean<InternalTokenFilter> filter =
        new FilterRegistrationBean<>(new InternalTokenFilter(settings.token(), json));
    filter.addUrlPatterns("/internal/*");
    filter.setOrder(Ordered.HIGHEST_PRECEDENCE + 100);
    return filter;
  }
}
