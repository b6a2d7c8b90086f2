package io.imageaudit.notification.webhook;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatNoException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.standardwebhooks.Webhook;
import java.net.http.HttpHeaders;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class HmacKeyTest {

  private static final String SECRET_B = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";

  @Test
  void signs_the_published_vector_of_the_rust_library() {
    HmacKey key = HmacKey.parse("whsec_C2FVsBQIhrscChlQIMV+b5sSYspob7oD");
    assertThat(
            key.sign(
                "msg_27UH4WbU6Z5A5EzD8u03UvzRbpk",
                1649367553,
                bytes("{\"email\":\"test@example.com\",\"username\":\"test_user\"}")))
        .isEqualTo("v1,tZ1I4/hDygAJgO5TYxiSd6Sd0kDW6hPenDe+bTa3Kkw=");
  }

  @Test
  void signs_the_published_vector_of_the_java_library() {
    assertThat(
            HmacKey.parse(SECRET_B)
                .sign("msg_p5jXN8AQM9LWM0D4loKWxJek", 1614265330, bytes("{\"test\": 2432232314}")))
        .isEqualTo("v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=");
  }

  @Test
  void an_independent_library_accepts_the_signature_and_refuses_another_body() throws Exception {
    HmacKey key = HmacKey.generate(new SecureRandom());
    long now = System.currentTimeMillis() / 1000;
    Webhook verifier = new Webhook(key.reveal());
    HttpHeaders headers =
        HttpHeaders.of(
            Map.of(
                "webhook-id", List.of("msg_1"),
                "webhook-timestamp", List.of(Long.toString(now)),
                "webhook-signature", List.of(key.sign("msg_1", now, bytes("{\"名\":1}")))),
            (_, _) -> true);
    verifier.verify("{\"名\":1}", headers);
    assertThatThrownBy(() -> verifier.verify("{\"名\":2}", headers))
        .isInstanceOf(com.standardwebhooks.exceptions.WebhookVerificationException.class);
  }

  @Test
  void a_second_independent_library_accepts_the_signature_and_refuses_another_body()
      throws Exception {
    HmacKey key = HmacKey.generate(new SecureRandom());
    long now = System.currentTimeMillis() / 1000;
    var verifier = new com.svix.Webhook(key.reveal());
    Map<String, List<String>> headers =
        Map.of(
            "webhook-id", List.of("msg_1"),
            "webhook-timestamp", List.of(Long.toString(now)),
            "webhook-signature", List.of(key.sign("msg_1", now, bytes("{\"名\":1}"))));
    verifier.verify("{\"名\":1}", headers);
    assertThatThrownBy(() -> verifier.verify("{\"名\":2}", headers))
        .isInstanceOf(com.svix.exceptions.WebhookVerificationException.class);
  }

  @Test
  void both_libraries_find_their_signature_among_others() throws Exception {
    HmacKey key = HmacKey.generate(new SecureRandom());
    long now = System.currentTimeMillis() / 1000;
    String signatures =
        Stream.of(HmacKey.generate(new SecureRandom()), Ed25519Key.generate(), key)
            .map(one -> one.sign("msg_1", now, bytes("{}")))
            .collect(Collectors.joining(" "));
    Map<String, List<String>> headers =
        Map.of(
            "webhook-id", List.of("msg_1"),
            "webhook-timestamp", List.of(Long.toString(now)),
            "webhook-signature", List.of(signatures));
    assertThatNoException()
        .isThrownBy(() -> new com.svix.Webhook(key.reveal()).verify("{}", headers));
    assertThatNoException()
        .isThrownBy(
            () -> new Webhook(key.reveal()).verify("{}", HttpHeaders.of(headers, (_, _) -> true)));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "whsec_",
        "whsec_short",
        "whsec_!!!!",
        "v1,whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw",
        "MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw"
      })
  void another_form_of_secret_is_refused_without_repeating_it(String text) {
    assertThatThrownBy(() -> HmacKey.parse(text))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("secret: (expected: whsec_ and base64 of 24..64 bytes)");
  }

  @Test
  void its_text_never_holds_the_key() {
    assertThat(HmacKey.parse(SECRET_B)).hasToString("HmacKey[hidden]");
    assertThat(HmacKey.parse(SECRET_B).reveal()).isEqualTo(SECRET_B);
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
