package io.imageaudit.notification.webhook;

import java.time.Duration;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** What came of one attempt. */
public sealed interface WebhookReply {

  /**
   * The receiver answered.
   *
   * @param status HTTP status
   * @param retryAfter how long it asks to be left alone, if it says so
   * @param wish what it asks for beside that
   * @param excerpt the beginning of its body, as text without control characters
   * @param address IP address that was connected to
   */
  record Answered(
      int status,
      @Nullable Duration retryAfter,
      Wish wish,
      String excerpt,
      @Nullable String address)
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

  /** What a receiver asks for by the header {@code webhook-delivery} of its answer. */
  enum Wish {
    /** Nothing. */
    NONE,
    /** {@code abort-message}: not to be sent this message again. */
    ABORT_MESSAGE,
    /** {@code disable}: not to be sent any message. */
    DISABLE;

    static Wish of(@Nullable String header) {
      return switch (header == null ? "" : header.strip().toLowerCase(Locale.ROOT)) {
        case "abort-message" -> ABORT_MESSAGE;
        case "disable" -> DISABLE;
        default -> NONE;
      };
    }
  }

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
    BROKEN_REPLY,
    /** Nothing was sent: as many connections as may be are open to the receiver's host and port. */
    NO_CONNECTION_FREE,
    /** Nothing was sent, for a reason of ours. */
    INTERNAL
  }
}
