package io.imageaudit.intake.fetch;

import io.imageaudit.intake.store.Staging;
import io.imageaudit.model.net.HostLookup;
import io.imageaudit.model.net.OutboundGuard;
import io.imageaudit.model.net.OutboundSettings;
import java.time.InstantSource;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLContext;
import org.apache.hc.client5.http.config.ConnectionConfig;
import org.apache.hc.client5.http.config.RequestConfig;
import org.apache.hc.client5.http.impl.classic.CloseableHttpClient;
import org.apache.hc.client5.http.impl.classic.HttpClients;
import org.apache.hc.client5.http.impl.io.ManagedHttpClientConnectionFactory;
import org.apache.hc.client5.http.impl.io.PoolingHttpClientConnectionManager;
import org.apache.hc.client5.http.impl.io.PoolingHttpClientConnectionManagerBuilder;
import org.apache.hc.client5.http.ssl.DefaultClientTlsStrategy;
import org.apache.hc.core5.http.config.Http1Config;
import org.apache.hc.core5.ssl.SSLContexts;
import org.apache.hc.core5.util.TimeValue;
import org.apache.hc.core5.util.Timeout;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Wires downloads. */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(OutboundSettings.class)
class FetchConfig {

  private static final int MAX_HEADERS = 100;
  private static final int MAX_HEADER_LINE = 8 << 10;

  @Bean
  @ConditionalOnMissingBean
  HostLookup hostLookup() {
    return HostLookup.system();
  }

  @Bean
  OutboundGuard outboundGuard(OutboundSettings settings, HostLookup lookup) {
    return new OutboundGuard(settings, lookup);
  }

  /** No proxy, no cookies, no credentials, no redirects, no retries of its own, no inflating. */
  @Bean(destroyMethod = "close")
  CloseableHttpClient fetchClient(OutboundGuard guard, FetchSettings settings) {
    return client(guard, settings, SSLContexts.createSystemDefault());
  }

  /**
   * The client.
   *
   * @param trust whose certificates are believed; there is no way to believe all
   */
  static CloseableHttpClient client(OutboundGuard guard, FetchSettings settings, SSLContext trust) {
    return HttpClients.custom()
        .setConnectionManager(connections(guard, settings, trust))
        .setDefaultRequestConfig(requests(settings))
        .setUserAgent("ImageAudit")
        .disableRedirectHandling()
        .disableAutomaticRetries()
        .disableCookieManagement()
        .disableAuthCaching()
        .disableContentCompression()
        .build();
  }

  @Bean
  RemoteImages remoteImages(
      OutboundGuard guard,
      CloseableHttpClient fetchClient,
      Staging staging,
      FetchSettings settings,
      InstantSource clock) {
    HttpHop hops = new HttpHop(fetchClient, staging, settings.maxBytes().toBytes());
    return new HttpRemoteImages(guard, hops, settings, clock);
  }

  private static PoolingHttpClientConnectionManager connections(
      OutboundGuard guard, FetchSettings settings, SSLContext trust) {
    Http1Config limits =
        Http1Config.custom()
            .setMaxHeaderCount(MAX_HEADERS)
            .setMaxLineLength(MAX_HEADER_LINE)
            .build();
    return PoolingHttpClientConnectionManagerBuilder.create()
        .setDnsResolver(guard.dnsResolver())
        .setTlsSocketStrategy(new DefaultClientTlsStrategy(trust))
        .setConnectionFactory(
            ManagedHttpClientConnectionFactory.builder().http1Config(limits).build())
        .setDefaultConnectionConfig(
            ConnectionConfig.custom()
                .setConnectTimeout(millis(settings.connectTimeout()))
                .setSocketTimeout(millis(settings.responseTimeout()))
                .setTimeToLive(TimeValue.ofSeconds(30))
                .build())
        .setMaxConnPerRoute(settings.connectionsPerHost())
        .setMaxConnTotal(settings.connections())
        .build();
  }

  private static RequestConfig requests(FetchSettings settings) {
    return RequestConfig.custom()
        .setConnectionRequestTimeout(millis(settings.deadline()))
        .setResponseTimeout(millis(settings.responseTimeout()))
        .setRedirectsEnabled(false)
        .setAuthenticationEnabled(false)
        .setContentCompressionEnabled(false)
        .build();
  }

  private static Timeout millis(java.time.Duration duration) {
    return Timeout.of(duration.toMillis(), TimeUnit.MILLISECONDS);
  }
}
