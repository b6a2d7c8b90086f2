package io.imageaudit.gateway.access;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.JWSSigner;
import com.nimbusds.jose.crypto.MACSigner;
import com.nimbusds.jose.crypto.RSASSASigner;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.RSAKey;
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
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.security.oauth2.jwt.JwtDecoder;
import org.springframework.security.oauth2.jwt.JwtException;

/** Tokens of an issuer who publishes its keys. */
class PublicKeyTokensTest {

  private final RSAKey key;
  private final HttpServer issuer;

  PublicKeyTokensTest() throws JOSEException, IOException {
    key = new RSAKeyGenerator(2048).keyID("k1").generate();
    issuer = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
  }

  @BeforeEach
  void publish() {
    byte[] keys = new JWKSet(key.toPublicJWK()).toString().getBytes(StandardCharsets.UTF_8);
    issuer.createContext(
        "/keys",
        exchange -> {
          try (exchange) {
            exchange.getResponseHeaders().add("Content-Type", "application/json");
            exchange.sendResponseHeaders(200, keys.length);
            exchange.getResponseBody().write(keys);
          }
        });
    issuer.start();
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
  void an_issuer_without_keys_lets_nobody_in() throws JOSEException {
    String token = token(JWSAlgorithm.RS256, new RSASSASigner(key));
    assertThatThrownBy(() -> decoder("/none").decode(token)).isInstanceOf(JwtException.class);
  }

  private JwtDecoder decoder(String path) {
    URI keys = URI.create("http://127.0.0.1:" + issuer.getAddress().getPort() + path);
    AccessSettings.Jwt settings =
        new AccessSettings.Jwt(
            null, keys, "RS256", "issuer", "us", Duration.ofHours(1), Duration.ofSeconds(30));
    return requireNonNull(TokenConfig.decoder(settings, Clock.systemUTC()));
  }

  private static String token(JWSAlgorithm algorithm, JWSSigner signer) throws JOSEException {
    JWTClaimsSet claims =
        new JWTClaimsSet.Builder()
            .issuer("issuer")
            .audience("us")
            .claim("tenant", "acme")
            .expirationTime(Date.from(Instant.now().plusSeconds(60)))
            .build();
    SignedJWT token = new SignedJWT(new JWSHeader.Builder(algorithm).keyID("k1").build(), claims);
    token.sign(signer);
    return token.serialize();
  }
}
