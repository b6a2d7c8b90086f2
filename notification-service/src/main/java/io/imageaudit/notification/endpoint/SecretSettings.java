package io.imageaudit.notification.endpoint;

import io.imageaudit.model.TenantId;
import io.imageaudit.notification.webhook.HmacKey;
import java.time.Duration;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Keys that sign callbacks.
 *
 * @param encryptionKey base64 of 32 bytes: encrypts the keys at rest
 * @param secrets per tenant, a key ({@code whsec_...}) that becomes its first one; one that has a
 *     key keeps it
 * @param rotationGrace how long a replaced key goes on signing beside the new one; up to 7 days
 */
@ConfigurationProperties("image-audit.webhooks")
record SecretSettings(
    String encryptionKey,
    @DefaultValue Map<String, String> secrets,
    @DefaultValue("24h") Duration rotationGrace) {

  private static final int KEY_BYTES = 32;
  private static final Duration LONGEST_GRACE = Duration.ofDays(7);

  /**
   * Checks every value.
   *
   * @throws IllegalArgumentException when one is missing or malformed; the message holds no secret
   */
  SecretSettings {
    decode(encryptionKey);
    secrets = Map.copyOf(secrets);
    read(secrets);
    if (rotationGrace.isNegative() || rotationGrace.compareTo(LONGEST_GRACE) > 0) {
      throw new IllegalArgumentException(
          "rotation-grace: " + rotationGrace + " (expected: 0..7 days)");
    }
  }

  byte[] encryptionKeyBytes() {
    return decode(encryptionKey);
  }

  Map<TenantId, HmacKey> signingKeys() {
    return read(secrets);
  }

  private static byte[] decode(@Nullable String base64) {
    try {
      byte[] key = Base64.getDecoder().decode(base64 == null ? "" : base64);
      if (key.length == KEY_BYTES) {
        return key;
      }
    } catch (IllegalArgumentException _) {
      // Answered below, together with a wrong length.
    }
    throw new IllegalArgumentException("encryption-key: (expected: base64 of 32 bytes)");
  }

  private static Map<TenantId, HmacKey> read(Map<String, String> secrets) {
    Map<TenantId, HmacKey> keys = new LinkedHashMap<>();
    secrets.forEach((tenant, secret) -> {
      try {
        keys.put(new TenantId(tenant), HmacKey.parse(secret));
      } catch (IllegalArgumentException e) {
        throw new IllegalArgumentException("secrets." + tenant + ": " + e.getMessage(), e);
      }
    });
    return keys;
  }

  /** Never a key. */
  @Override
  public String toString() {
    return "SecretSettings[hidden]";
  }
}
