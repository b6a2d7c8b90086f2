package io.imageaudit.notification.webhook;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** What came of one attempt. */
public sealed interface WebhookReply {

  /**
   * The receiver answered.
   *
   * @param status HTTP status
   * @param retryAfter how long it asks to be left alone, if it says so
   * @param excerpt the beginning of its body, as text without control characters
   * @param address IP address that was connected to
   */
  record Answered(
      int status, @Nullable Duration retryAfter, String excerpt, @Nullable String address)
      implements WebhookReply {}

  /**
   * There was no answer.
   *
   * @param fault what went wrong
   * @param detail for the log of attempts
   */
  record Unreachable(Fault fault, String detail) implements WebhookReply {}

  /**
   * The address is not one that may be connected to. Trying again is of no use.
   *
   * @param reason for the log of attempts; does not tell what the network looks like from inside
   */
  record Refused(String reason) implements WebhookReply {}

  /** Why there was no answer. */
  enum Fault {
    /** The host's name cannot be looked up. */
    UNKNOWN_HOST,
    /** No connection could be made. */
    CONNECT_FAILED,
    /** The TLS handshake failed: wrong, expired or unknown certificate, no common version. */
    TLS_FAILED,
    /** The attempt took longer than allowed. */
    TIMEOUT,
    /** The connection broke, or what came is not HTTP/1.1 within the limits. */
    BROKEN_REPLY
  }
}
