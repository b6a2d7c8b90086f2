package io.imageaudit.gateway.internal;

import java.net.http.HttpClient;
import java.time.Duration;
import java.util.concurrent.Executors;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** The connection to the other services. No proxy stands between them. */
@Configuration(proxyBeanMethods = false)
class InternalConfig {

  private static final Duration CONNECT = Duration.ofSeconds(1);

  @Bean
  HttpClient internalHttp() {
    return HttpClient.newBuilder()
        .version(HttpClient.Version.HTTP_1_1)
        .connectTimeout(CONNECT)
        .executor(Executors.newVirtualThreadPerTaskExecutor())
        .build();
  }

  @Bean
  InternalCalls internalCalls(HttpClient internalHttp, InternalSettings settings) {
    return new InternalCalls(internalHttp, settings);
  }
}
