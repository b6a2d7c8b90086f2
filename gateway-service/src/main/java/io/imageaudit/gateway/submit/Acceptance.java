package io.imageaudit.gateway.submit;

import io.imageaudit.model.ContentDigest;
import io.imageaudit.model.event.AuditSubmitted;
import org.jspecify.annotations.Nullable;

/**
 * An audit about to be accepted.
 *
 * @param event what will be said of it
 * @param repeat how a repetition of the request is recognised, if the client asked for that
 */
record Acceptance(AuditSubmitted event, @Nullable Repeat repeat) {

  /**
   * How a repetition is recognised.
   *
   * @param key the client's Idempotency-Key
   * @param content digest of the request
   */
  record Repeat(String key, ContentDigest content) {}
}
