package io.imageaudit.gateway.access;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.imageaudit.model.TenantId;
import java.security.MessageDigest;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;

/**
 * Finds the caller behind a credential. What the database said is believed for a few seconds, so a
 * revoked key may work that much longer. An unknown key costs the same comparison as a known one.
 */
final class KnownCallers {

  private static final Duration BELIEVED = Duration.ofSeconds(5);
  private static final int MOST = 10_000;
  private static final byte[] NO_DIGEST = new byte[32];

  private final ApiKeys keys;
  private final Tenants tenants;
  private final InstantSource clock;
  private final Cache<String, Optional<ApiKey>> knownKeys = cache();
  private final Cache<String, Boolean> knownTenants = cache();

  KnownCallers(ApiKeys keys, Tenants tenants, InstantSource clock) {
    this.keys = keys;
    this.tenants = tenants;
    this.clock = clock;
  }

  /** The caller who holds this key, if it is live. */
  Optional<Caller> byKey(ApiKeyText text) {
    Optional<ApiKey> known = knownKeys.get(text.id(), keys::findById);
    byte[] digest = known.map(ApiKey::secretDigest).orElse(NO_DIGEST);
    boolean proven = MessageDigest.isEqual(digest, text.digest());
    return known
        .filter(key -> proven && key.isLive(clock.instant()) && isActive(key.tenant()))
        .map(key -> new Caller(key.tenant(), "key:" + key.id(), key.scopes()));
  }

  /** Whether there is such a tenant, and it is not disabled. */
  boolean isActive(TenantId tenant) {
    return knownTenants.get(
        tenant.value(), id -> tenants.findById(id).map(Tenant::isActive).orElse(false));
  }

  /** Asks the database again at the next use. */
  void forget() {
    knownKeys.invalidateAll();
    knownTenants.invalidateAll();
  }

  private static <T> Cache<String, T> cache() {
    return Caffeine.newBuilder().expireAfterWrite(BELIEVED).maximumSize(MOST).build();
  }
}
