package io.imageaudit.gateway.overload;

import org.springframework.boot.tomcat.servlet.TomcatServletWebServerFactory;
import org.springframework.boot.web.server.WebServerFactoryCustomizer;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** The bounds of the instance. */
@Configuration(proxyBeanMethods = false)
class OverloadConfig {

  @Bean
  Admission admission(OverloadSettings settings) {
    return new Admission(settings);
  }

  @Bean
  BodyMemory bodyMemory(OverloadSettings settings) {
    return new BodyMemory(settings, Runtime.getRuntime().maxMemory());
  }

  @Bean
  WebServerFactoryCustomizer<TomcatServletWebServerFactory> impatience(OverloadSettings settings) {
    return server -> {
      server.setProtocol(ImpatientProtocol.class.getName());
      server.addConnectorCustomizers(connector -> {
        if (connector.getProtocolHandler() instanceof ImpatientProtocol protocol) {
          protocol.limit(settings.longestArrival(), settings.leastBodyRate().toBytes());
        }
      });
    };
  }
}
