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
   * @param whole the batch that it is an item of
   */
  record Repeat(String key, ContentDigest content, @Nullable Repeat whole) {

    /** Of a request that is no item of a batch. */
    Repeat(String key, ContentDigest content) {
      this(key, content, null);
    }
  }
}
