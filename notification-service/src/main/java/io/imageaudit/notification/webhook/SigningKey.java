package io.imageaudit.notification.webhook;

/** A key that signs messages as Standard Webhooks 1.0.0 says. */
public sealed interface SigningKey permits HmacKey, Ed25519Key {

  /** The text form, to be shown to the tenant once. */
  String reveal();

  /**
   * One entry of the header {@code webhook-signature}.
   *
   * @param id of the message; holds no dot
   * @param timestamp of the attempt, seconds since 1970
   * @param body the exact bytes that are sent
   */
  String sign(String id, long timestamp, byte[] body);
}
