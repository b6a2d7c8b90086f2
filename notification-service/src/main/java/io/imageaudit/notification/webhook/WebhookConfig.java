package io.imageaudit.notification.webhook;

import io.imageaudit.model.net.HostLookup;
import io.imageaudit.model.net.OutboundGuard;
import io.imageaudit.model.net.OutboundSettings;
import java.time.InstantSource;
import org.apache.hc.client5.http.config.ConnectionConfig;
import org.apache.hc.client5.http.config.RequestConfig;
import org.apache.hc.client5.http.impl.classic.CloseableHttpClient;
import org.apache.hc.client5.http.impl.classic.HttpClients;
import org.apache.hc.client5.http.impl.io.ManagedHttpClientConnectionFactory;
import org.apache.hc.client5.http.impl.io.PoolingHttpClientConnectionManager;
import org.apache.hc.client5.http.impl.io.PoolingHttpClientConnectionManagerBuilder;
import org.apache.hc.client5.http.ssl.DefaultClientTlsStrategy;
import org.apache.hc.client5.http.ssl.TlsSocketStrategy;
import org.apache.hc.core5.http.config.Http1Config;
import org.apache.hc.core5.http.io.SocketConfig;
import org.apache.hc.core5.pool.PoolConcurrencyPolicy;
import org.apache.hc.core5.util.TimeValue;
import org.apache.hc.core5.util.Timeout;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** The parts that post callbacks. */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(OutboundSettings.class)
class WebhookConfig {

  private static final int MAX_HEADERS = 100;
  private static final int MAX_LINE_BYTES = 8192;

  /** Then the attempt is put off: there are others to be made meanwhile. */
  private static final Timeout PATIENCE_FOR_CONNECTION = Timeout.ofSeconds(1);

  @Bean
  OutboundGuard outboundGuard(OutboundSettings settings, InstantSource clock) {
    return new OutboundGuard(
        settings, new FairHostLookup(HostLookup.system(), settings.concurrentLookups(), clock));
  }

  @Bean
  WebhookSender webhookSender(
      CloseableHttpClient webhookClient,
      OutboundGuard guard,
      InstantSource clock,
      WebhookSettings settings) {
    return new HttpWebhookSender(webhookClient, guard, clock, settings);
  }

  /**
   * A client that does nothing on its own: no redirects, cookies, credentials, decompression,
   * retries or proxy.
   */
  @Bean
  CloseableHttpClient webhookClient(OutboundGuard guard, WebhookSettings settings) {
    return client(guard, settings, DefaultClientTlsStrategy.createDefault());
  }

  static CloseableHttpClient client(
      OutboundGuard guard, WebhookSettings settings, TlsSocketStrategy tls) {
    return HttpClients.custom()
        .setConnectionManager(connections(guard, settings, tls))
        .setDefaultRequestConfig(requestConfig(settings))
        .setRequestExecutor(new ReusedConnectionExecutor())
        .disableRedirectHandling()
        .disableCookieManagement()
        .disableAuthCaching()
        .disableContentCompression()
        .disableAutomaticRetries()
        .evictExpiredConnections()
        .evictIdleConnections(TimeValue.ofSeconds(30))
        .build();
  }

  private static RequestConfig requestConfig(WebhookSettings settings) {
    return RequestConfig.custom()
        .setConnectionRequestTimeout(PATIENCE_FOR_CONNECTION)
        .setResponseTimeout(timeout(settings))
        .setProtocolUpgradeEnabled(false)
        .build();
  }

  private static PoolingHttpClientConnectionManager connections(
      OutboundGuard guard, WebhookSettings settings, TlsSocketStrategy tls) {
    Http1Config http =
        Http1Config.custom()
            .setMaxHeaderCount(MAX_HEADERS)
            .setMaxLineLength(MAX_LINE_BYTES)
            .build();
    return PoolingHttpClientConnectionManagerBuilder.create()
        .setDnsResolver(guard.dnsResolver())
        .setTlsSocketStrategy(tls)
        .setConnectionFactory(
            ManagedHttpClientConnectionFactory.builder().http1Config(http).build())
        .setPoolConcurrencyPolicy(PoolConcurrencyPolicy.LAX)
        .setMaxConnTotal(settings.maxConnections())
        .setMaxConnPerRoute(settings.maxConnectionsPerReceiver())
        .setDefaultSocketConfig(SocketConfig.custom().setSoTimeout(timeout(settings)).build())
        .setDefaultConnectionConfig(
            ConnectionConfig.custom()
                .setConnectTimeout(Timeout.of(settings.connectTimeout()))
                .setSocketTimeout(timeout(settings))
                .setTimeToLive(TimeValue.ofMinutes(5))
                // Each time: some receivers close after each answer and do not say so.
                .setValidateAfterInactivity(TimeValue.ZERO_MILLISECONDS)
                .build())
        .build();
  }

  private static Timeout timeout(WebhookSettings settings) {
    return Timeout.of(settings.totalTimeout());
  }
}
