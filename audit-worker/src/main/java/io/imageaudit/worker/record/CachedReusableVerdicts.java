package io.imageaudit.worker.record;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.imageaudit.model.event.AuditConcluded;
import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Keeps the verdicts that are asked for most in memory; looks up the rest in one go. */
final class CachedReusableVerdicts implements ReusableVerdicts {

  private final ReusableVerdicts next;
  private final Cache<String, AuditConcluded> cache;

  CachedReusableVerdicts(ReusableVerdicts next, int size, Duration maxAge) {
    this.next = next;
    this.cache = Caffeine.newBuilder().maximumSize(size).expireAfterWrite(maxAge).build();
  }

  @Override
  public Map<String, AuditConcluded> find(Collection<String> keys) {
    Map<String, AuditConcluded> found = new HashMap<>(cache.getAllPresent(keys));
    List<String> unknown = keys.stream().filter(key -> !found.containsKey(key)).toList();
    if (!unknown.isEmpty()) {
      Map<String, AuditConcluded> stored = next.find(unknown);
      cache.putAll(stored);
      found.putAll(stored);
    }
    return found;
  }

  @Override
  public void remember(String key, AuditConcluded verdict) {
    cache.put(key, verdict);
    next.remember(key, verdict);
  }
}
