package io.imageaudit.gateway.access;

import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.jwk.source.JWKSource;
import com.nimbusds.jose.jwk.source.JWKSourceBuilder;
import com.nimbusds.jose.proc.JWSVerificationKeySelector;
import com.nimbusds.jose.proc.SecurityContext;
import com.nimbusds.jose.util.DefaultResourceRetriever;
import com.nimbusds.jwt.proc.DefaultJWTProcessor;
import java.net.MalformedURLException;
import java.net.URI;
import java.net.URL;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;
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

  private static final Duration FETCH_LIMIT = Duration.ofSeconds(2);
  private static final int MOST_BYTES = 256 << 10;
  private static final Duration ASKED_TWICE_WITHIN = Duration.ofSeconds(30);
  private static final Duration BELIEVED_IN_OUTAGE = Duration.ofHours(1);

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
    return settings.jwkSetUri() == null ? null : published(settings, settings.jwkSetUri());
  }

  /**
   * Keys of an issuer. One that is slow or says too much must not hold up everybody, and tokens
   * that name keys which nobody knows must not make us ask it again and again.
   */
  private static NimbusJwtDecoder published(AccessSettings.Jwt settings, URI address) {
    JWKSource<SecurityContext> keys =
        JWKSourceBuilder.<SecurityContext>create(url(address), hurried())
            .rateLimited(ASKED_TWICE_WITHIN.toMillis())
            .outageTolerant(BELIEVED_IN_OUTAGE.toMillis())
            .build();
    DefaultJWTProcessor<SecurityContext> processor = new DefaultJWTProcessor<>();
    processor.setJWSKeySelector(
        new JWSVerificationKeySelector<>(JWSAlgorithm.parse(settings.algorithm()), keys));
    processor.setJWTClaimsSetVerifier((_, _) -> {}); // The validators look at the claims.
    return new NimbusJwtDecoder(processor);
  }

  private static DefaultResourceRetriever hurried() {
    int millis = Math.toIntExact(FETCH_LIMIT.toMillis());
    return new DefaultResourceRetriever(millis, millis, MOST_BYTES);
  }

  private static URL url(URI address) {
    try {
      return address.toURL();
    } catch (MalformedURLException e) {
      throw new IllegalArgumentException("jwk-set-uri: " + e.getMessage(), e);
    }
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
