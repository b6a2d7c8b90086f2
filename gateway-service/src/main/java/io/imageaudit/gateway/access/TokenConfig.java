package io.imageaudit.gateway.access;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import javax.crypto.spec.SecretKeySpec;
import org.springframework.security.oauth2.core.DelegatingOAuth2TokenValidator;
import org.springframework.security.oauth2.core.OAuth2Error;
import org.springframework.security.oauth2.core.OAuth2TokenValidator;
import org.springframework.security.oauth2.core.OAuth2TokenValidatorResult;
import org.springframework.security.oauth2.jose.jws.MacAlgorithm;
import org.springframework.security.oauth2.jwt.Jwt;
import org.springframework.security.oauth2.jwt.JwtClaimValidator;
import org.springframework.security.oauth2.jwt.JwtDecoder;
import org.springframework.security.oauth2.jwt.JwtTimestampValidator;
import org.springframework.security.oauth2.jwt.NimbusJwtDecoder;

/** Builds the reader of tokens: one pinned algorithm, and every claim checked that must be. */
final class TokenConfig {

  private TokenConfig() {}

  static JwtDecoder decoder(AccessSettings.Jwt settings, String secret, InstantSource clock) {
    NimbusJwtDecoder decoder =
        NimbusJwtDecoder.withSecretKey(
                new SecretKeySpec(secret.getBytes(StandardCharsets.UTF_8), "HmacSHA256"))
            .macAlgorithm(MacAlgorithm.HS256)
            .build();
    decoder.setJwtValidator(validator(settings, clock));
    return decoder;
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
            && (start == null || !start.isAfter(now.plus(settings.skew())));
    return believed
        ? OAuth2TokenValidatorResult.success()
        : OAuth2TokenValidatorResult.failure(new OAuth2Error("invalid_token"));
  }
}
