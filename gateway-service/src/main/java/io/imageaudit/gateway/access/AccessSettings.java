package io.imageaudit.gateway.access;

import io.imageaudit.model.TenantId;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Who may call.
 *
 * @param bootstrap what exists from the first start on
 * @param jwt which tokens are believed
 */
@ConfigurationProperties("image-audit.access")
record AccessSettings(@DefaultValue Bootstrap bootstrap, @DefaultValue Jwt jwt) {

  /**
   * What exists from the first start on.
   *
   * @param tenant a tenant to create
   * @param apiKey the whole key of that tenant, {@code iak_<id>_<secret>}
   * @param adminKey the whole key of the administrator; made and shown once when not given
   */
  record Bootstrap(@Nullable String tenant, @Nullable String apiKey, @Nullable String adminKey) {

    /**
     * Checks the forms.
     *
     * @throws IllegalArgumentException when one has another form
     */
    Bootstrap {
      if (tenant != null && !TenantId.isValid(tenant)) {
        throw new IllegalArgumentException("tenant: " + tenant + " (expected: [a-z0-9-]{3,40})");
      }
      checkKey("api-key", apiKey);
      checkKey("admin-key", adminKey);
      if (apiKey != null && tenant == null) {
        throw new IllegalArgumentException("tenant: none (expected: the api-key's tenant)");
      }
    }

    /** Hides the keys. */
    @Override
    public String toString() {
      return "Bootstrap[tenant=" + tenant + "]";
    }

    private static void checkKey(String name, @Nullable String key) {
      if (key != null && ApiKeyText.parse(key).isEmpty()) {
        throw new IllegalArgumentException(
            name + ": (expected: iak_<id>_<secret>, secret of at least 32 letters and digits)");
      }
    }
  }

  /**
   * Which tokens are believed: those of one shared secret or of one set of public keys. None, as
   * long as there is neither.
   *
   * @param secret HS256 key, at least 32 bytes
   * @param jwkSetUri where the issuer publishes its keys (RFC 7517)
   * @param algorithm the one algorithm of those keys: RS256 or ES256
   * @param issuer required value of {@code iss}
   * @param audience required value in {@code aud}
   * @param maxLifetime longest time from now to {@code exp}
   * @param skew how far clocks may differ
   */
  record Jwt(
      @Nullable String secret,
      @Nullable URI jwkSetUri,
      @DefaultValue("RS256") String algorithm,
      @DefaultValue("image-audit") String issuer,
      @DefaultValue("image-audit") String audience,
      @DefaultValue("24h") Duration maxLifetime,
      @DefaultValue("30s") Duration skew) {

    /**
     * Checks the secret.
     *
     * @throws IllegalArgumentException when it is shorter than the algorithm's output
     */
    Jwt {
      if (secret != null && secret.getBytes(StandardCharsets.UTF_8).length < 32) {
        throw new IllegalArgumentException("secret: (expected: at least 32 bytes)");
      }
      if (secret != null && jwkSetUri != null) {
        throw new IllegalArgumentException("secret, jwk-set-uri: both (expected: only one)");
      }
      if (!List.of("RS256", "ES256").contains(algorithm)) {
        throw new IllegalArgumentException(
            "algorithm: " + algorithm + " (expected: RS256 or ES256)");
      }
      if (maxLifetime.isNegative() || maxLifetime.isZero()) {
        throw new IllegalArgumentException("max-lifetime: " + maxLifetime + " (expected: > 0)");
      }
    }

    /** Hides the secret. */
    @Override
    public String toString() {
      return "Jwt[issuer=" + issuer + ", audience=" + audience + "]";
    }
  }
}
