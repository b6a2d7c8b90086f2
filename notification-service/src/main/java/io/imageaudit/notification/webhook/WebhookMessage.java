package io.imageaudit.notification.webhook;

import io.imageaudit.model.TraceParent;
import java.net.URI;
import java.util.List;

/**
 * What one attempt sends.
 *
 * @param url where to
 * @param id of the message, the same for each attempt: the receiver's key against duplicates
 * @param contentType of the body
 * @param body UTF-8
 * @param keys to sign with, the current one first; at least one
 * @param trace the step that sends it
 */
public record WebhookMessage(
    URI url, String id, String contentType, byte[] body, List<SigningKey> keys, TraceParent trace) {

  /** Content type of the usual form. */
  public static final String JSON = "application/json; charset=UTF-8";

  /** Content type of the checksum form. */
  public static final String FORM = "application/x-www-form-urlencoded; charset=UTF-8";

  /**
   * Copies the keys.
   *
   * @throws IllegalArgumentException when there is none: nothing is sent unsigned
   */
  public WebhookMessage {
    keys = List.copyOf(keys);
    if (keys.isEmpty()) {
      throw new IllegalArgumentException("keys: none (expected: at least one)");
    }
  }
}
