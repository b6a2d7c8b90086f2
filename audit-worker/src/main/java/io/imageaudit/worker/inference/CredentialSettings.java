package io.imageaudit.worker.inference;

import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * How we show a model server who we are. At most one of {@code token}, {@code tokenFile} and {@code
 * tokenUrl} is set; none means that the server asks for nothing.
 *
 * @param header name of the header, or of the gRPC metadata entry
 * @param scheme word before the token; empty for none
 * @param token the API key itself
 * @param tokenFile a file that holds the token and is replaced from time to time
 * @param tokenUrl where short-lived tokens are handed out (OAuth 2.0 client credentials, RFC 6749
 *     section 4.4)
 * @param clientId who asks for a token
 * @param clientSecret proof of that
 */
public record CredentialSettings(
    @DefaultValue("Authorization") String header,
    @DefaultValue("Bearer") String scheme,
    @DefaultValue("") String token,
    @DefaultValue("") String tokenFile,
    @DefaultValue("") String tokenUrl,
    @DefaultValue("") String clientId,
    @DefaultValue("") String clientSecret) {

  /**
   * Checks that the parts agree.
   *
   * @throws IllegalArgumentException when more than one source of tokens is set
   */
  public CredentialSettings {
    int sources =
        (token.isEmpty() ? 0 : 1) + (tokenFile.isEmpty() ? 0 : 1) + (tokenUrl.isEmpty() ? 0 : 1);
    if (sources > 1) {
      throw new IllegalArgumentException(
          "credentials: (expected: one of token, token-file, token-url)");
    }
  }

  /** Holds no secret. */
  @Override
  public String toString() {
    return "CredentialSettings[header=" + header + "]";
  }
}
