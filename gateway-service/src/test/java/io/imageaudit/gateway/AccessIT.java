package io.imageaudit.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.MACSigner;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.PlainJWT;
import com.nimbusds.jwt.SignedJWT;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Who gets in, and who does not. */
@GatewayTest
class AccessIT {

  private static final String NOBODYS = "/v1/audits/01900000-0000-7000-8000-000000000000";

  private final Door door;

  AccessIT(Door door) {
    this.door = door;
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "iak_test1",
        "iak_test1_",
        "iak_test1_0123456789abcdefghijklmnopqrstuvwxyzABCDEFH",
        "iak_unknown_0123456789abcdefghijklmnopqrstuvwxyzABCDEFG",
        "sk_test1_0123456789abcdefghijklmnopqrstuvwxyzABCDEFG",
      })
  void a_wrong_key_is_refused_with_one_and_the_same_body(String key) {
    Answer answer = door.send(door.anonymous(NOBODYS).header("X-API-Key", key));
    assertThat(answer.status()).isEqualTo(401);
    assertThat(answer.http().body()).isEqualTo(door.send(door.anonymous(NOBODYS)).http().body());
  }

  @Test
  void two_credentials_are_none() {
    Answer answer = door.send(door.request(NOBODYS).header("X-API-Key", Keys.API_KEY));
    assertThat(answer.status()).isEqualTo(401);
    Answer mixed =
        door.send(door.request(NOBODYS).header("Authorization", "Bearer " + token(all -> all)));
    assertThat(mixed.status()).isEqualTo(401);
  }

  @Test
  void a_good_token_opens_what_its_scopes_say() {
    Answer answer = bearer(token(all -> all));
    assertThat(answer.status()).isEqualTo(404);
    Answer denied = bearer(token(all -> all.claim("scope", "audits:write")));
    assertThat(denied.status()).isEqualTo(403);
    assertThat(denied.code()).isEqualTo("FORBIDDEN");
  }

  @ParameterizedTest
  @CsvSource({
    "audits:write, " + NOBODYS + ", 403",
    "audits:read, " + NOBODYS + ", 404",
    "audits:write, " + NOBODYS + "/record, 403",
    "audits:write, /v1/audits, 403",
    "audits:write, " + NOBODYS + "/deliveries, 403",
    "deliveries:write, /v1/deliveries, 403",
    "deliveries:read, /v1/deliveries, 200",
  })
  void a_head_asks_for_the_same_scope_as_the_whole(String scope, String path, int status) {
    String token = token(all -> all.claim("scope", scope));
    for (String method : List.of("GET", "HEAD")) {
      Answer answer =
          door.send(
              door.anonymous(path)
                  .header("Authorization", "Bearer " + token)
                  .method(method, BodyPublishers.noBody()));
      assertThat(answer.status()).as(method).isEqualTo(status);
    }
  }

  @Test
  void who_is_not_known_is_told_how_to_say_who_he_is() {
    assertThat(door.send(door.anonymous(NOBODYS)).header("WWW-Authenticate"))
        .isEqualTo("Bearer realm=\"image-audit\"");
    assertThat(bearer("x").header("WWW-Authenticate")).isEqualTo("Bearer realm=\"image-audit\"");
  }

  @Test
  void tokens_with_a_fault_are_refused() {
    Instant now = Instant.now();
    assertRefused(token(all -> all.expirationTime(null)));
    assertRefused(token(all -> all.expirationTime(Date.from(now.minusSeconds(60)))));
    assertRefused(token(all -> all.expirationTime(Date.from(now.plus(Duration.ofDays(36_500))))));
    assertRefused(token(all -> all.notBeforeTime(Date.from(now.plusSeconds(120)))));
    assertRefused(token(all -> all.issueTime(Date.from(now.plusSeconds(120)))));
    assertRefused(token(all -> all.audience("somebody-else")));
    assertRefused(token(all -> all.audience((String) null)));
    assertRefused(token(all -> all.issuer("https://else.example")));
    assertRefused(token(all -> all.issuer(null)));
    assertRefused(token(all -> all.claim("tenant", null)));
    assertRefused(token(all -> all.claim("tenant", "nobody-known")));
    assertRefused(token(all -> all.claim("tenant", 7)));
    assertRefused(token(all -> all) + ".");
    assertRefused(token(all -> all).substring(1));
    assertRefused(new PlainJWT(claims(all -> all)).serialize());
    assertRefused(signed(JWSAlgorithm.HS256, Keys.JWT_SECRET + "x", claims(all -> all)));
    assertRefused(signed(JWSAlgorithm.HS384, Keys.JWT_SECRET + "x".repeat(9), claims(all -> all)));
    assertRefused("x".repeat(7_000));
  }

  private void assertRefused(String token) {
    Answer answer = bearer(token);
    assertThat(answer.status()).as(token).isEqualTo(401);
    assertThat(answer.code()).isEqualTo("UNAUTHENTICATED");
  }

  private Answer bearer(String token) {
    return door.send(door.anonymous(NOBODYS).header("Authorization", "Bearer " + token));
  }

  private static String token(UnaryOperator<JWTClaimsSet.Builder> change) {
    return signed(JWSAlgorithm.HS256, Keys.JWT_SECRET, claims(change));
  }

  private static JWTClaimsSet claims(UnaryOperator<JWTClaimsSet.Builder> change) {
    Instant now = Instant.now();
    return change
        .apply(
            new JWTClaimsSet.Builder()
                .issuer(Keys.ISSUER)
                .audience(Keys.AUDIENCE)
                .claim("tenant", Keys.TENANT)
                .claim("scope", "audits:read audits:write")
                .issueTime(Date.from(now))
                .expirationTime(Date.from(now.plusSeconds(300))))
        .build();
  }

  private static String signed(JWSAlgorithm algorithm, String secret, JWTClaimsSet claims) {
    try {
      SignedJWT token = new SignedJWT(new JWSHeader(algorithm), claims);
      token.sign(new MACSigner(secret.getBytes(StandardCharsets.UTF_8)));
      return token.serialize();
    } catch (JOSEException e) {
      throw new IllegalStateException(e);
    }
  }
}
