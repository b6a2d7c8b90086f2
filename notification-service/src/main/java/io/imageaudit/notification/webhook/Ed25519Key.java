package io.imageaudit.notification.webhook;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.Signature;
import java.security.interfaces.EdECPrivateKey;
import java.security.interfaces.EdECPublicKey;
import java.security.spec.EdECPrivateKeySpec;
import java.security.spec.NamedParameterSpec;
import java.util.Arrays;
import java.util.Base64;

/**
 * A private key that signs messages: Ed25519, scheme {@code v1a}. Its text form is {@code whsk_}
 * and base64 of the 32 bytes of the seed and the 32 bytes of the public key; the public key alone
 * is {@code whpk_} and base64 of its 32 bytes (RFC 8032, section 5.1.5).
 */
public final class Ed25519Key implements SigningKey {

  /** What the text form of a private key starts with. */
  public static final String PREFIX = "whsk_";

  /** What the text form of a public key starts with. */
  public static final String PUBLIC_PREFIX = "whpk_";

  private static final int KEY_BYTES = 32;

  private final byte[] seedAndPublic;
  private final PrivateKey key;

  private Ed25519Key(byte[] seedAndPublic) {
    this.seedAndPublic = seedAndPublic;
    try {
      this.key =
          KeyFactory.getInstance("Ed25519")
              .generatePrivate(
                  new EdECPrivateKeySpec(
                      NamedParameterSpec.ED25519, Arrays.copyOf(seedAndPublic, KEY_BYTES)));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every Java platform has Ed25519", e);
    }
  }

  /**
   * Reads the text form.
   *
   * @throws IllegalArgumentException when it has another form; the message does not repeat it
   */
  public static Ed25519Key parse(String text) {
    if (text.startsWith(PREFIX)) {
      try {
        byte[] bytes = Base64.getDecoder().decode(text.substring(PREFIX.length()));
        if (bytes.length == 2 * KEY_BYTES) {
          return new Ed25519Key(bytes);
        }
      } catch (IllegalArgumentException _) {
        // Answered below, together with a wrong length.
      }
    }
    throw new IllegalArgumentException("secret: (expected: whsk_ and base64 of 64 bytes)");
  }

  /** Makes a key. */
  public static Ed25519Key generate() {
    try {
      KeyPair pair = KeyPairGenerator.getInstance("Ed25519").generateKeyPair();
      byte[] seed =
          ((EdECPrivateKey) pair.getPrivate())
              .getBytes()
              .orElseThrow(() -> new IllegalStateException("a generated key hides its seed"));
      byte[] both = Arrays.copyOf(seed, 2 * KEY_BYTES);
      System.arraycopy(encoded((EdECPublicKey) pair.getPublic()), 0, both, KEY_BYTES, KEY_BYTES);
      return new Ed25519Key(both);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every Java platform has Ed25519", e);
    }
  }

  /** The y coordinate, little-endian, with the lowest bit of x on top. */
  private static byte[] encoded(EdECPublicKey key) {
    byte[] big = key.getPoint().getY().toByteArray();
    byte[] little = new byte[KEY_BYTES];
    for (int i = 0; i < Math.min(big.length, KEY_BYTES); i++) {
      little[i] = big[big.length - 1 - i];
    }
    if (key.getPoint().isXOdd()) {
      little[KEY_BYTES - 1] |= (byte) 0x80;
    }
    return little;
  }

  /** The text form of the public key, by which receivers verify. */
  public String publicKey() {
    byte[] key32 = Arrays.copyOfRange(seedAndPublic, KEY_BYTES, 2 * KEY_BYTES);
    return PUBLIC_PREFIX + Base64.getEncoder().encodeToString(key32);
  }

  @Override
  public String reveal() {
    return PREFIX + Base64.getEncoder().encodeToString(seedAndPublic);
  }

  @Override
  public String sign(String id, long timestamp, byte[] body) {
    try {
      Signature signature = Signature.getInstance("Ed25519");
      signature.initSign(key);
      signature.update((id + "." + timestamp + ".").getBytes(StandardCharsets.UTF_8));
      signature.update(body);
      return "v1a," + Base64.getEncoder().encodeToString(signature.sign());
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every Java platform has Ed25519", e);
    }
  }

  /** Never the key. */
  @Override
  public String toString() {
    return "Ed25519Key[" + publicKey() + "]";
  }
}
