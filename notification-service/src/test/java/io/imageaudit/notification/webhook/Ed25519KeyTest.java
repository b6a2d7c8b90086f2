package io.imageaudit.notification.webhook;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.security.KeyFactory;
import java.security.Signature;
import java.security.spec.X509EncodedKeySpec;
import java.util.Base64;
import java.util.HexFormat;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class Ed25519KeyTest {

  private static final String SECRET =
      "whsk_6Xb/dCcHpPea21PS1N9VY/NZW723CEc77N4rJCubMbfVKIDij2HKpMKkioLlX0dRqSKJp4AJ6p9lMicMFs6Kvg==";

  @Test
  void signs_the_published_vector() {
    Ed25519Key key = Ed25519Key.parse(SECRET);
    assertThat(key.publicKey()).isEqualTo("whpk_1SiA4o9hyqTCpIqC5V9HUakiiaeACeqfZTInDBbOir4=");
    assertThat(
            key.sign("msg_p5jXN8AQM9LWM0D4loKWxJek", 1614265330, bytes("{\"test\": 2432232314}")))
        .isEqualTo(
            "v1a,hnO3f9T8Ytu9HwrXslvumlUpqtNVqkhqw/enGzPCXe5BdqzCInXqYXFymVJaA7AZdpXwVLPo3mNl8EM+m7TBAg==");
  }

  @RepeatedTest(8)
  void a_generated_key_verifies_with_its_public_key_and_survives_its_text() throws Exception {
    Ed25519Key key = Ed25519Key.parse(Ed25519Key.generate().reveal());
    String signature = key.sign("msg_1", 7, bytes("{}"));
    byte[] raw = Base64.getDecoder().decode(key.publicKey().substring("whpk_".length()));
    Signature verifier = Signature.getInstance("Ed25519");
    verifier.initVerify(
        KeyFactory.getInstance("Ed25519")
            .generatePublic(
                new X509EncodedKeySpec(
                    HexFormat.of()
                        .parseHex("302a300506032b6570032100" + HexFormat.of().formatHex(raw)))));
    verifier.update(bytes("msg_1.7.{}"));
    assertThat(verifier.verify(Base64.getDecoder().decode(signature.substring("v1a,".length()))))
        .isTrue();
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "whsk_", "whsk_AAAA", "whsk_!!", "whsec_AAAA"})
  void another_form_is_refused_without_repeating_it(String text) {
    assertThatThrownBy(() -> Ed25519Key.parse(text))
        .hasMessage("secret: (expected: whsk_ and base64 of 64 bytes)");
  }

  @Test
  void its_text_never_holds_the_private_key() {
    assertThat(Ed25519Key.parse(SECRET).toString()).doesNotContain("whsk_");
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
