package io.imageaudit.notification.webhook;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * How callbacks are posted.
 *
 * @param connectTimeout longest time to make a connection to one address
 * @param totalTimeout longest time of one attempt, from look-up to the end of the answer's excerpt,
 *     however slowly the receiver drips; up to 30 s
 * @param maxConnections most open connections, all receivers together
 * @param maxConnectionsPerReceiver most open connections to one host and port; with fewer than
 *     attempts may be in flight, receivers that hang leave none to others behind the same host
 * @param userAgent value of the header {@code User-Agent}
 */
@ConfigurationProperties("image-audit.webhooks.http")
public record WebhookSettings(
    @DefaultValue("5s") Duration connectTimeout,
    @DefaultValue("15s") Duration totalTimeout,
    @DefaultValue("4000") int maxConnections,
    @DefaultValue("1000") int maxConnectionsPerReceiver,
    @DefaultValue("ImageAudit-Webhooks/1") String userAgent) {

  private static final Duration LONGEST = Duration.ofSeconds(30);

  /**
   * Checks the values.
   *
   * @throws IllegalArgumentException when one is out of its range
   */
  public WebhookSettings {
    requireWithin("connect-timeout", connectTimeout);
    requireWithin("total-timeout", totalTimeout);
    requirePositive("max-connections", maxConnections);
    requirePositive("max-connections-per-receiver", maxConnectionsPerReceiver);
  }

  private static void requireWithin(String field, Duration value) {
    if (!value.isPositive() || value.compareTo(LONGEST) > 0) {
      throw new IllegalArgumentException(
          field + ": " + value + " (expected: > 0 and <= " + LONGEST + ")");
    }
  }

  private static void requirePositive(String field, int value) {
    if (value < 1) {
      throw new IllegalArgumentException(field + ": " + value + " (expected: >= 1)");
    }
  }
}
