package io.imageaudit.notification.webhook;

import io.imageaudit.model.TraceParent;
import java.net.URI;
import java.util.List;

/**
 * What one attempt sends.
 *
 * @param url where to
 * @param id of the message, the same for each attempt: the receiver's key against duplicates
 * @param body JSON, UTF-8
 * @param keys to sign with, the current one first; at least one
 * @param trace the step that sends it
 */
public record WebhookMessage(
    URI url, String id, byte[] body, List<SigningKey> keys, TraceParent trace) {

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
