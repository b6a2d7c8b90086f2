package io.imageaudit.notification.endpoint;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.UUID;
import java.util.random.RandomGenerator;
import javax.crypto.Cipher;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/**
 * Encrypts small texts for storage: AES-256-GCM, a fresh nonce each, bound to the row that holds
 * the text, so that a sealed text moved to another row does not open.
 *
 * <p>Form: one byte for the version, 12 for the nonce, then the ciphertext with its tag.
 */
final class SecretBox {

  private static final byte VERSION = 1;
  private static final int NONCE_BYTES = 12;
  private static final int TAG_BITS = 128;

  private final SecretKeySpec key;
  private final RandomGenerator random;

  /**
   * Takes the key.
   *
   * @param key 32 bytes
   * @param random must be cryptographically strong
   */
  SecretBox(byte[] key, RandomGenerator random) {
    this.key = new SecretKeySpec(key, "AES");
    this.random = random;
  }

  byte[] seal(UUID row, String text) {
    byte[] nonce = new byte[NONCE_BYTES];
    random.nextBytes(nonce);
    byte[] sealed = apply(Cipher.ENCRYPT_MODE, row, nonce, text.getBytes(StandardCharsets.UTF_8));
    return ByteBuffer.allocate(1 + NONCE_BYTES + sealed.length)
        .put(VERSION)
        .put(nonce)
        .put(sealed)
        .array();
  }

  /**
   * Opens what {@link #seal} made.
   *
   * @throws IllegalStateException when it was made with another key, for another row, or altered
   */
  String open(UUID row, byte[] sealed) {
    ByteBuffer buffer = ByteBuffer.wrap(sealed);
    if (buffer.remaining() <= NONCE_BYTES || buffer.get() != VERSION) {
      throw new IllegalStateException("secret " + row + " is not of a known form");
    }
    byte[] nonce = new byte[NONCE_BYTES];
    buffer.get(nonce);
    byte[] text = new byte[buffer.remaining()];
    buffer.get(text);
    return new String(apply(Cipher.DECRYPT_MODE, row, nonce, text), StandardCharsets.UTF_8);
  }

  private byte[] apply(int mode, UUID row, byte[] nonce, byte[] text) {
    try {
      Cipher cipher = Cipher.getInstance("AES/GCM/NoPadding");
      cipher.init(mode, key, new GCMParameterSpec(TAG_BITS, nonce));
      cipher.updateAAD(row.toString().getBytes(StandardCharsets.US_ASCII));
      return cipher.doFinal(text);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(
          "secret "
              + row
              + " cannot be opened; is image-audit.webhooks.encryption-key the old one?",
          e);
    }
  }
}
