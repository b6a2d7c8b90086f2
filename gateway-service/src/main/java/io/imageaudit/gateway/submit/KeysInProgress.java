package io.imageaudit.gateway.submit;

import io.imageaudit.model.TenantId;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** The Idempotency-Keys of the requests that this instance is working on. */
final class KeysInProgress {

  private final Set<Key> keys = ConcurrentHashMap.newKeySet();

  /** Whether the request may go on: it has no key, or nobody else is working on it. */
  boolean begin(TenantId tenant, @Nullable RepeatKey key) {
    return key == null || keys.add(new Key(tenant, key.request()));
  }

  void end(TenantId tenant, @Nullable RepeatKey key) {
    if (key != null) {
      keys.remove(new Key(tenant, key.request()));
    }
  }

  private record Key(TenantId tenant, String key) {}
}
