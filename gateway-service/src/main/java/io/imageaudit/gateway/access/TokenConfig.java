package io.imageaudit.gateway.access;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;
import org.springframework.http.client.SimpleClientHttpRequestFactory;
import org.springframework.security.oauth2.core.DelegatingOAuth2TokenValidator;
import org.springframework.security.oauth2.core.OAuth2Error;
import org.springframework.security.oauth2.core.OAuth2TokenValidator;
import org.springframework.security.oauth2.core.OAuth2TokenValidatorResult;
import org.springframework.security.oauth2.jose.jws.MacAlgorithm;
import org.springframework.security.oauth2.jose.jws.SignatureAlgorithm;
import org.springframework.security.oauth2.jwt.Jwt;
import org.springframework.security.oauth2.jwt.JwtClaimValidator;
import org.springframework.security.oauth2.jwt.JwtDecoder;
import org.springframework.security.oauth2.jwt.JwtTimestampValidator;
import org.springframework.security.oauth2.jwt.NimbusJwtDecoder;
import org.springframework.web.client.RestTemplate;

/** Builds the reader of tokens: one pinned algorithm, and every claim checked that must be. */
final class TokenConfig {

  private static final Duration FETCH_LIMIT = Duration.ofSeconds(2);

  private TokenConfig() {}

  /** The reader of the tokens that are believed; none when none are. */
  static @Nullable JwtDecoder decoder(AccessSettings.Jwt settings, InstantSource clock) {
    NimbusJwtDecoder decoder = unchecked(settings);
    if (decoder != null) {
      decoder.setJwtValidator(validator(settings, clock));
    }
    return decoder;
  }

  private static @Nullable NimbusJwtDecoder unchecked(AccessSettings.Jwt settings) {
    if (settings.secret() != null) {
      byte[] secret = settings.secret().getBytes(StandardCharsets.UTF_8);
      return NimbusJwtDecoder.withSecretKey(new SecretKeySpec(secret, "HmacSHA256"))
          .macAlgorithm(MacAlgorithm.HS256)
          .build();
    }
    if (settings.jwkSetUri() != null) {
      return NimbusJwtDecoder.withJwkSetUri(settings.jwkSetUri().toString())
          .jwsAlgorithm(
              settings.algorithm().equals("ES256")
                  ? SignatureAlgorithm.ES256
                  : SignatureAlgorithm.RS256)
          .restOperations(hurried())
          .build();
    }
    return null;
  }

  /** An issuer that is slow must not hold up everybody. */
  private static RestTemplate hurried() {
    SimpleClientHttpRequestFactory connections = new SimpleClientHttpRequestFactory();
    connections.setConnectTimeout(FETCH_LIMIT);
    connections.setReadTimeout(FETCH_LIMIT);
    return new RestTemplate(connections);
  }

  /** Setting a validator drops the library's own, so all of them are named here. */
  private static OAuth2TokenValidator<Jwt> validator(
      AccessSettings.Jwt settings, InstantSource clock) {
    JwtTimestampValidator times = new JwtTimestampValidator(settings.skew());
    return new DelegatingOAuth2TokenValidator<>(
        times,
        new JwtClaimValidator<Object>(
            "iss", issuer -> issuer != null && settings.issuer().equals(issuer.toString())),
        new JwtClaimValidator<List<String>>(
            "aud", audience -> audience != null && audience.contains(settings.audience())),
        token -> lifetime(token, settings, clock.instant()));
  }

  private static OAuth2TokenValidatorResult lifetime(
      Jwt token, AccessSettings.Jwt settings, Instant now) {
    Instant end = token.getExpiresAt();
    Instant start = token.getIssuedAt();
    boolean believed =
        end != null
            && !end.isAfter(now.plus(settings.maxLifetime()).plus(settings.skew()))
            && (start == null
                || start.equals(end.minusSeconds(1)) // None was given: the library made it up.
                || !start.isAfter(now.plus(settings.skew())));
    return believed
        ? OAuth2TokenValidatorResult.success()
        : OAuth2TokenValidatorResult.failure(new OAuth2Error("invalid_token"));
  }
}
