package io.imageaudit.notification.notify;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * What receivers are told.
 *
 * @param apiUrl base address under which receivers reach the API, for links to large results
 */
@ConfigurationProperties("image-audit.notify")
record NotifySettings(@DefaultValue("http://localhost:8080") String apiUrl) {

  /**
   * Checks the address.
   *
   * @throws IllegalArgumentException when it is not http(s) or ends with a slash
   */
  NotifySettings {
    if (!apiUrl.matches("https?://[^/].*[^/]")) {
      throw new IllegalArgumentException(
          "api-url: " + apiUrl + " (expected: http(s)://..., without a slash at its end)");
    }
  }
}
