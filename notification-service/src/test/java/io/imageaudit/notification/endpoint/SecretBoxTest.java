package io.imageaudit.notification.endpoint;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class SecretBoxTest {

  private final SecureRandom random = new SecureRandom();
  private final SecretBox box = new SecretBox(new byte[32], random);
  private final UUID row = UUID.randomUUID();

  @Test
  void what_was_sealed_opens_for_its_row_alone() {
    byte[] sealed = box.seal(row, "whsec_x");
    assertThat(box.open(row, sealed)).isEqualTo("whsec_x");
    assertThatThrownBy(() -> box.open(UUID.randomUUID(), sealed))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("encryption-key");
  }

  @Test
  void the_same_text_is_sealed_differently_each_time() {
    assertThat(box.seal(row, "whsec_x")).isNotEqualTo(box.seal(row, "whsec_x"));
    assertThat(new String(box.seal(row, "whsec_x"), StandardCharsets.ISO_8859_1))
        .doesNotContain("whsec_x");
  }

  @Test
  void another_key_or_an_altered_byte_does_not_open() {
    byte[] sealed = box.seal(row, "whsec_x");
    byte[] otherKey = new byte[32];
    otherKey[0] = 1;
    assertThatThrownBy(() -> new SecretBox(otherKey, random).open(row, sealed))
        .isInstanceOf(IllegalStateException.class);
    sealed[sealed.length - 1] ^= 1;
    assertThatThrownBy(() -> box.open(row, sealed)).isInstanceOf(IllegalStateException.class);
    assertThatThrownBy(() -> box.open(row, new byte[3])).isInstanceOf(IllegalStateException.class);
  }
}
