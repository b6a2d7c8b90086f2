package io.imageaudit.gateway.internal;

import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;

/**
 * How the services of one installation know each other.
 *
 * @param token shared secret of at least 32 characters
 */
@ConfigurationProperties("image-audit.internal")
public record InternalSettings(String token) {

  /**
   * Checks the secret.
   *
   * @throws IllegalArgumentException when it is missing or short
   */
  public InternalSettings(@Nullable String token) {
    if (token == null || token.length() < 32) {
      throw new IllegalArgumentException(
          "image-audit.internal.token: (expected: at least 32 characters)");
    }
    this.token = token;
  }

  /** Hides the secret. */
  @Override
  public String toString() {
    return "InternalSettings[token=***]";
  }
}
