package io.imageaudit.notification.tenant;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.imageaudit.model.TenantId;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** The rules in force: what is stored for a tenant, then what is configured for it. */
public final class TenantRulebook {

  /** How long another replica's change may go unnoticed. */
  private static final Duration REMEMBERED = Duration.ofSeconds(5);

  private static final int MOST_REMEMBERED = 10_000;

  private final StoredTenantRules stored;
  private final TenantSettings settings;
  private final Cache<TenantId, TenantRules> remembered =
      Caffeine.newBuilder().expireAfterWrite(REMEMBERED).maximumSize(MOST_REMEMBERED).build();

  TenantRulebook(StoredTenantRules stored, TenantSettings settings) {
    this.stored = stored;
    this.settings = settings;
  }

  /** Pause before each attempt, the first included; empty when the tenant has no own schedule. */
  public Optional<List<Duration>> retrySchedule(TenantId tenant) {
    return Optional.ofNullable(inForce(tenant).retrySchedule());
  }

  /** Whether receivers that the tenant subscribes must answer a challenge before they are told. */
  public boolean mustVerify(TenantId tenant) {
    return Boolean.TRUE.equals(inForce(tenant).verifyEndpoints());
  }

  TenantRules inForce(TenantId tenant) {
    return remembered.get(tenant, one -> stored.find(one).orElse(settings.of(one)));
  }

  /** Sets all of a tenant's rules; null ones are as configured. */
  void set(TenantId tenant, TenantRules rules) {
    stored.save(tenant, rules);
    remembered.invalidate(tenant);
  }
}
