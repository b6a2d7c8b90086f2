package io.imageaudit.intake.fetch;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;

/**
 * How long and how much a download may take.
 *
 * @param connectTimeout for one TCP connection
 * @param responseTimeout longest silence of the server
 * @param deadline for the whole download: look-ups, redirects, retries and body together, from its
 *     turn on: downloads wait for their turn as long as their audits have time
 * @param maxBytes largest image
 * @param maxRedirects most redirects that are followed
 * @param connectionsPerHost most downloads from one host at a time
 * @param connections most downloads at a time
 */
@ConfigurationProperties("image-audit.fetch")
record FetchSettings(
    @DefaultValue("3s") Duration connectTimeout,
    @DefaultValue("5s") Duration responseTimeout,
    @DefaultValue("7s") Duration deadline,
    @DefaultValue("20MB") DataSize maxBytes,
    @DefaultValue("3") int maxRedirects,
    @DefaultValue("4") int connectionsPerHost,
    @DefaultValue("64") int connections) {

  /**
   * Checks the numbers.
   *
   * @throws IllegalArgumentException when one makes no sense
   */
  FetchSettings {
    positive("connect-timeout", connectTimeout);
    positive("response-timeout", responseTimeout);
    positive("deadline", deadline);
    atLeastOne("max-bytes", maxBytes.toBytes());
    atLeastOne("connections-per-host", connectionsPerHost);
    atLeastOne("connections", connections);
    if (maxRedirects < 0) {
      throw new IllegalArgumentException("max-redirects: " + maxRedirects + " (expected: >= 0)");
    }
  }

  private static void positive(String field, Duration value) {
    if (value.isNegative() || value.isZero()) {
      throw new IllegalArgumentException(field + ": " + value + " (expected: > 0)");
    }
  }

  private static void atLeastOne(String field, long value) {
    if (value < 1) {
      throw new IllegalArgumentException(field + ": " + value + " (expected: >= 1)");
    }
  }
}
