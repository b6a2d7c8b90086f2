package io.imageaudit.intake.access;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * How the services of the suite know each other.
 *
 * @param token the shared credential, at least 32 characters; required
 */
@ConfigurationProperties("image-audit.internal")
record InternalSettings(@DefaultValue("") String token) {

  private static final int MIN_LENGTH = 32;

  /**
   * Checks the length.
   *
   * @throws IllegalArgumentException when it is too short to be a secret
   */
  InternalSettings {
    if (token.length() < MIN_LENGTH) {
      throw new IllegalArgumentException(
          "token: " + token.length() + " characters (expected: >= " + MIN_LENGTH + ")");
    }
  }

  /** Hides the credential. */
  @Override
  public String toString() {
    return "InternalSettings[token=***]";
  }
}
