package io.imageaudit.worker.record;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.imageaudit.model.event.AuditConcluded;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Keeps the verdicts that are asked for most in memory; looks up the rest in one go. Being kept
 * makes no verdict younger: how old it is counts from when it was concluded.
 */
final class CachedReusableVerdicts implements ReusableVerdicts {

  private final ReusableVerdicts next;
  private final Cache<String, AuditConcluded> cache;
  private final Duration maxAge;
  private final InstantSource clock;

  CachedReusableVerdicts(ReusableVerdicts next, int size, Duration maxAge, InstantSource clock) {
    this.next = next;
    this.maxAge = maxAge;
    this.clock = clock;
    this.cache = Caffeine.newBuilder().maximumSize(size).expireAfterWrite(maxAge).build();
  }

  @Override
  public Map<String, AuditConcluded> find(Collection<String> keys) {
    Map<String, AuditConcluded> found = new HashMap<>(cache.getAllPresent(keys));
    found.values().removeIf(this::isTooOld);
    List<String> unknown = keys.stream().filter(key -> !found.containsKey(key)).toList();
    if (!unknown.isEmpty()) {
      Map<String, AuditConcluded> stored = next.find(unknown);
      cache.putAll(stored);
      found.putAll(stored);
    }
    return found;
  }

  private boolean isTooOld(AuditConcluded verdict) {
    return verdict.concludedAt().isBefore(clock.instant().minus(maxAge));
  }

  @Override
  public void remember(String key, AuditConcluded verdict) {
    cache.put(key, verdict);
    next.remember(key, verdict);
  }
}
