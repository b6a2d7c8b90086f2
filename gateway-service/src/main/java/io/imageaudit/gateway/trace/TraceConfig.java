package io.imageaudit.gateway.trace;

import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.web.servlet.config.annotation.InterceptorRegistry;
import org.springframework.web.servlet.config.annotation.WebMvcConfigurer;

/** Where requests are marked. */
@Configuration(proxyBeanMethods = false)
class TraceConfig {

  @Bean
  WebMvcConfigurer auditInPath() {
    return new WebMvcConfigurer() {
      @Override
      public void addInterceptors(InterceptorRegistry registry) {
        registry.addInterceptor(new AuditInPath());
      }
    };
  }
}
