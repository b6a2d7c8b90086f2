package io.imageaudit.gateway.documentation;

import io.swagger.v3.core.util.Yaml31;
import io.swagger.v3.oas.models.OpenAPI;
import java.io.IOException;
import java.io.InputStream;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Lazy;
import org.springframework.core.io.ClassPathResource;

/**
 * The description is written by hand, because requests are read token by token and no class shows
 * their form. A test holds it against the routes that there are.
 */
@Configuration(proxyBeanMethods = false)
class DocumentationConfig {

  @Bean
  @Lazy
  OpenAPI description() throws IOException {
    try (InputStream file = new ClassPathResource("openapi.yaml").getInputStream()) {
      return Yaml31.mapper().readValue(file, OpenAPI.class);
    }
  }
}
