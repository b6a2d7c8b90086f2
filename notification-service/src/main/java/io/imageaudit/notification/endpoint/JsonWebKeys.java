package io.imageaudit.notification.endpoint;

import io.imageaudit.notification.webhook.Ed25519Key;
import java.util.Base64;
import java.util.List;
import java.util.Optional;

/**
 * Public keys as a JSON Web Key Set (RFC 7517; keys of RFC 8037).
 *
 * @param keys the newest first
 */
record JsonWebKeys(List<Key> keys) {

  /** Copies the keys. */
  JsonWebKeys {
    keys = List.copyOf(keys);
  }

  /**
   * One key.
   *
   * @param kty kind of key
   * @param crv curve
   * @param alg algorithm
   * @param use what it is for
   * @param kid identity of the secret
   * @param x the 32 bytes of the key, base64url without padding
   */
  record Key(String kty, String crv, String alg, String use, String kid, String x) {}

  static JsonWebKeys of(List<SecretView> secrets) {
    return new JsonWebKeys(
        secrets.stream()
            .flatMap(secret ->
                Optional.ofNullable(secret.publicKey()).map(text -> key(secret, text)).stream())
            .toList());
  }

  private static Key key(SecretView secret, String publicKey) {
    byte[] raw = Base64.getDecoder().decode(publicKey.substring(Ed25519Key.PUBLIC_PREFIX.length()));
    String x = Base64.getUrlEncoder().withoutPadding().encodeToString(raw);
    return new Key("OKP", "Ed25519", "EdDSA", "sig", secret.secretId().toString(), x);
  }
}
