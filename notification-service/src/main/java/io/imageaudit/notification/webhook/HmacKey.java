package io.imageaudit.notification.webhook;

import java.nio.charset.StandardCharsets;
import java.security.InvalidKeyException;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.random.RandomGenerator;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * A symmetric key that signs messages: HMAC-SHA256, scheme {@code v1} of Standard Webhooks 1.0.0.
 */
public final class HmacKey implements SigningKey {

  /** What the text form of a key starts with. */
  public static final String PREFIX = "whsec_";

  private static final String ALGORITHM = "HmacSHA256";
  private static final int NEW_KEY_BYTES = 32;
  private static final int MIN_BYTES = 24;
  private static final int MAX_BYTES = 64;

  private final SecretKeySpec key;

  private HmacKey(byte[] bytes) {
    this.key = new SecretKeySpec(bytes, ALGORITHM);
  }

  /**
   * Reads the text form, {@code whsec_} and base64 of 24 to 64 bytes.
   *
   * @throws IllegalArgumentException when it has another form; the message does not repeat it
   */
  public static HmacKey parse(String text) {
    if (!text.startsWith(PREFIX)) {
      throw malformed();
    }
    byte[] bytes;
    try {
      bytes = Base64.getDecoder().decode(text.substring(PREFIX.length()));
    } catch (IllegalArgumentException _) {
      throw malformed();
    }
    if (bytes.length < MIN_BYTES || bytes.length > MAX_BYTES) {
      throw malformed();
    }
    return new HmacKey(bytes);
  }

  /**
   * Makes a key of 32 bytes.
   *
   * @param random must be cryptographically strong
   */
  public static HmacKey generate(RandomGenerator random) {
    byte[] bytes = new byte[NEW_KEY_BYTES];
    random.nextBytes(bytes);
    return new HmacKey(bytes);
  }

  @Override
  public String reveal() {
    return PREFIX + Base64.getEncoder().encodeToString(key.getEncoded());
  }

  @Override
  public String sign(String id, long timestamp, byte[] body) {
    Mac mac = mac();
    mac.update((id + "." + timestamp + ".").getBytes(StandardCharsets.UTF_8));
    return "v1," + Base64.getEncoder().encodeToString(mac.doFinal(body));
  }

  private Mac mac() {
    try {
      Mac mac = Mac.getInstance(ALGORITHM);
      mac.init(key);
      return mac;
    } catch (NoSuchAlgorithmException | InvalidKeyException e) {
      throw new IllegalStateException("every Java platform has " + ALGORITHM, e);
    }
  }

  private static IllegalArgumentException malformed() {
    return new IllegalArgumentException("secret: (expected: whsec_ and base64 of 24..64 bytes)");
  }

  /** Never the key. */
  @Override
  public String toString() {
    return "HmacKey[hidden]";
  }
}
