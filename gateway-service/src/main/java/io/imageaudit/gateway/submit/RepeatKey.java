package io.imageaudit.gateway.submit;

import io.imageaudit.model.ContentDigest;
import org.jspecify.annotations.Nullable;

/**
 * Marks repetitions of a request.
 *
 * @param request the client's Idempotency-Key
 * @param item which part of the request, when it is a batch
 */
record RepeatKey(String request, @Nullable Item item) {

  /** What stands for the request, or for its item, among all keys; no client sends a space. */
  String text() {
    return item == null ? request : request + " " + item.index();
  }

  /**
   * An item of a batch.
   *
   * @param index its place
   * @param batch digest of the whole batch
   */
  record Item(int index, ContentDigest batch) {}
}
