package io.imageaudit.gateway.access;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.JWSSigner;
import com.nimbusds.jose.crypto.ECDSASigner;
import com.nimbusds.jose.crypto.MACSigner;
import com.nimbusds.jose.crypto.RSASSASigner;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jose.jwk.gen.ECKeyGenerator;
import com.nimbusds.jose.jwk.gen.RSAKeyGenerator;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.security.oauth2.jwt.JwtDecoder;
import org.springframework.security.oauth2.jwt.JwtException;

/** Tokens of an issuer who publishes its keys. */
class PublicKeyTokensTest {

  private final RSAKey key;
  private final ECKey curve;
  private final HttpServer issuer;
  private final AtomicInteger asked = new AtomicInteger();
  private volatile byte[] published = {};

  PublicKeyTokensTest() throws JOSEException, IOException {
    key = new RSAKeyGenerator(2048).keyID("k1").generate();
    curve = new ECKeyGenerator(Curve.P_256).keyID("k1").generate();
    issuer = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
  }

  @BeforeEach
  void publish() {
    publish(key.toPublicJWK());
    issuer.createContext(
        "/keys",
        exchange -> {
          asked.incrementAndGet();
          try (exchange) {
            exchange.getResponseHeaders().add("Content-Type", "application/json");
            exchange.sendResponseHeaders(200, published.length);
            exchange.getResponseBody().write(published);
          }
        });
    issuer.start();
  }

  private void publish(JWK... keys) {
    published = new JWKSet(List.of(keys)).toString().getBytes(StandardCharsets.UTF_8);
  }

  @AfterEach
  void stop() {
    issuer.stop(0);
  }

  @Test
  void a_token_of_the_issuers_key_is_believed() throws JOSEException {
    String token = token(JWSAlgorithm.RS256, new RSASSASigner(key));
    assertThat(decoder("/keys").decode(token).getClaimAsString("tenant")).isEqualTo("acme");
  }

  @Test
  void another_algorithm_is_not_believed_even_with_the_right_key() throws JOSEException {
    String longer = token(JWSAlgorithm.RS512, new RSASSASigner(key));
    assertThatThrownBy(() -> decoder("/keys").decode(longer)).isInstanceOf(JwtException.class);
    String confused = token(JWSAlgorithm.HS256, new MACSigner(key.toRSAPublicKey().getEncoded()));
    assertThatThrownBy(() -> decoder("/keys").decode(confused)).isInstanceOf(JwtException.class);
  }

  @Test
  void a_token_on_a_curve_is_believed_where_curves_are() throws JOSEException {
    publish(curve.toPublicJWK());
    String token = token(JWSAlgorithm.ES256, new ECDSASigner(curve));
    assertThat(decoder("/keys", "ES256").decode(token).getClaimAsString("tenant"))
        .isEqualTo("acme");
    assertThatThrownBy(() -> decoder("/keys").decode(token)).isInstanceOf(JwtException.class);
    String other = token(JWSAlgorithm.RS256, new RSASSASigner(key));
    assertThatThrownBy(() -> decoder("/keys", "ES256").decode(other))
        .isInstanceOf(JwtException.class);
    String torn = token.substring(0, token.lastIndexOf('.') + 1) + "A".repeat(86);
    assertThatThrownBy(() -> decoder("/keys", "ES256").decode(torn))
        .isInstanceOf(JwtException.class);
  }

  @Test
  void a_new_key_is_fetched_and_the_old_one_ends() throws JOSEException {
    JwtDecoder decoder = decoder("/keys");
    String old = token(JWSAlgorithm.RS256, new RSASSASigner(key));
    assertThat(decoder.decode(old).getId()).isNull();
    RSAKey next = new RSAKeyGenerator(2048).keyID("k2").generate();
    publish(next.toPublicJWK());
    String token = token(JWSAlgorithm.RS256, new RSASSASigner(next), "k2");
    assertThat(decoder.decode(token).getClaimAsString("tenant")).isEqualTo("acme");
    assertThatThrownBy(() -> decoder.decode(old)).isInstanceOf(JwtException.class);
  }

  @ParameterizedTest
  @ValueSource(strings = {"../../etc/passwd", "' or 1=1 --", "k9", ""})
  void a_key_that_nobody_published_is_not_believed(String id) throws JOSEException {
    String token = token(JWSAlgorithm.RS256, new RSASSASigner(key), id);
    JwtDecoder decoder = decoder("/keys");
    if (!id.isEmpty()) {
      assertThatThrownBy(() -> decoder.decode(token)).isInstanceOf(JwtException.class);
    }
    String forged =
        token(
            JWSAlgorithm.RS256,
            new RSASSASigner(new RSAKeyGenerator(2048).keyID("k1").generate()),
            "k1");
    assertThatThrownBy(() -> decoder.decode(forged)).isInstanceOf(JwtException.class);
  }

  @Test
  void tokens_with_unknown_keys_do_not_make_us_ask_the_issuer_again_and_again()
      throws JOSEException {
    JwtDecoder decoder = decoder("/keys");
    for (int i = 0; i < 50; i++) {
      String token = token(JWSAlgorithm.RS256, new RSASSASigner(key), "unknown-" + i);
      assertThatThrownBy(() -> decoder.decode(token)).isInstanceOf(JwtException.class);
    }
    assertThat(asked).hasValueBetween(1, 3);
    String token = token(JWSAlgorithm.RS256, new RSASSASigner(key));
    assertThat(decoder.decode(token).getClaimAsString("tenant")).isEqualTo("acme");
  }

  @Test
  void an_issuer_that_says_too_much_lets_nobody_in() throws JOSEException {
    String keys = new JWKSet(key.toPublicJWK()).toString();
    published = (keys + " ".repeat(1 << 20)).getBytes(StandardCharsets.UTF_8);
    String token = token(JWSAlgorithm.RS256, new RSASSASigner(key));
    assertThatThrownBy(() -> decoder("/keys").decode(token)).isInstanceOf(JwtException.class);
  }

  @Test
  void an_issuer_without_keys_lets_nobody_in() throws JOSEException {
    String token = token(JWSAlgorithm.RS256, new RSASSASigner(key));
    assertThatThrownBy(() -> decoder("/none").decode(token)).isInstanceOf(JwtException.class);
  }

  private JwtDecoder decoder(String path) {
    return decoder(path, "RS256");
  }

  private JwtDecoder decoder(String path, String algorithm) {
    URI keys = URI.create("http://127.0.0.1:" + issuer.getAddress().getPort() + path);
    AccessSettings.Jwt settings =
        new AccessSettings.Jwt(
            null, keys, algorithm, "issuer", "us", Duration.ofHours(1), Duration.ofSeconds(30));
    return requireNonNull(TokenConfig.decoder(settings, Clock.systemUTC()));
  }

  private static String token(JWSAlgorithm algorithm, JWSSigner signer) throws JOSEException {
    return token(algorithm, signer, "k1");
  }

  private static String token(JWSAlgorithm algorithm, JWSSigner signer, String id)
      throws JOSEException {
    JWTClaimsSet claims =
        new JWTClaimsSet.Builder()
            .issuer("issuer")
            .audience("us")
            .claim("tenant", "acme")
            .expirationTime(Date.from(Instant.now().plusSeconds(60)))
            .build();
    SignedJWT token = new SignedJWT(new JWSHeader.Builder(algorithm).keyID(id).build(), claims);
    token.sign(signer);
    return token.serialize();
  }
}
