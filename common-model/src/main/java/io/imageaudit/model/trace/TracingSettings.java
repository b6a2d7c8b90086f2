package io.imageaudit.model.trace;

import java.net.URI;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Where traces are sent. A step is recorded or not by its trace's id alone, so that all services
 * with the same share keep the same traces, whole, and no caller's flag makes them keep more.
 *
 * @param endpoint that takes OTLP over HTTP, path included, such as {@code
 *     http://collector:4318/v1/traces}; without one nothing is recorded
 * @param sample the share of traces that are recorded, 0 to 1
 * @param timeout of one export
 * @param queue spans that wait for their export; more are dropped
 */
@ConfigurationProperties("image-audit.tracing")
public record TracingSettings(
    @Nullable URI endpoint,
    @DefaultValue("1") double sample,
    @DefaultValue("5s") Duration timeout,
    @DefaultValue("8192") int queue) {

  /**
   * Checks them.
   *
   * @throws IllegalArgumentException when one is out of its range
   */
  public TracingSettings {
    if (endpoint != null && endpoint.toString().isEmpty()) {
      endpoint = null; // An unset variable of the environment.
    }
    if (endpoint != null && !String.valueOf(endpoint.getScheme()).matches("https?")) {
      throw new IllegalArgumentException(
          "endpoint: " + endpoint + " (expected: an http or https URL)");
    }
    if (!(sample >= 0 && sample <= 1)) {
      throw new IllegalArgumentException("sample: " + sample + " (expected: 0 to 1)");
    }
    if (!timeout.isPositive()) {
      throw new IllegalArgumentException("timeout: " + timeout + " (expected: above 0)");
    }
    if (queue < 512) {
      throw new IllegalArgumentException("queue: " + queue + " (expected: >= 512)");
    }
  }
}
