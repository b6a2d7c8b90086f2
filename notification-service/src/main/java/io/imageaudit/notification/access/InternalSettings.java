package io.imageaudit.notification.access;

import org.springframework.boot.context.properties.ConfigurationProperties;

/**
 * The credential that the suite's services show each other.
 *
 * @param token at least 32 characters
 */
@ConfigurationProperties("image-audit.internal")
record InternalSettings(String token) {

  private static final int MIN_CHARACTERS = 32;

  /**
   * Checks the length.
   *
   * @throws IllegalArgumentException when it is missing or too short
   */
  @SuppressWarnings("NullAway") // What is not configured is bound as null; refused right here.
  InternalSettings {
    if (token == null || token.length() < MIN_CHARACTERS) {
      throw new IllegalArgumentException("token: (expected: at least 32 characters)");
    }
  }

  /** Never the token. */
  @Override
  public String toString() {
    return "InternalSettings[hidden]";
  }
}
