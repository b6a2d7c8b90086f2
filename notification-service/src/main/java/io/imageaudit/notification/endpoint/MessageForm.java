package io.imageaudit.notification.endpoint;

/** How a message is laid out. */
public enum MessageForm {
  /** JSON with the headers of Standard Webhooks. */
  STANDARD,
  /** A form with {@code checksum} and {@code content}, as Alibaba's content moderation sends. */
  CHECKSUM
}
