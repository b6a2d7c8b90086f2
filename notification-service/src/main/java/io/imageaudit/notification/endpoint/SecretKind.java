package io.imageaudit.notification.endpoint;

/** What a stored secret is for. */
enum SecretKind {
  /** Signs with HMAC-SHA256: {@code whsec_...}. */
  HMAC,
  /** Signs with Ed25519: {@code whsk_...}. */
  ED25519,
  /** Seed of the checksum form: any text of 1 to 128 characters. */
  SEED
}
