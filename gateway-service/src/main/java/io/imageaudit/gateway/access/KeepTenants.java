package io.imageaudit.gateway.access;

import io.imageaudit.model.TenantId;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;
import org.springframework.data.domain.Limit;
import org.springframework.transaction.annotation.Transactional;

/** Makes, shows and ends tenants and their keys. What is ended stops to work within seconds. */
class KeepTenants {

  private static final int MOST = 1_000;

  private final Tenants tenants;
  private final ApiKeys keys;
  private final KnownCallers callers;
  private final InstantSource clock;
  private final RandomGenerator random;

  KeepTenants(
      Tenants tenants,
      ApiKeys keys,
      KnownCallers callers,
      InstantSource clock,
      RandomGenerator random) {
    this.tenants = tenants;
    this.keys = keys;
    this.callers = callers;
    this.clock = clock;
    this.random = random;
  }

  /** A new tenant; empty when there is one of that name. */
  @Transactional
  public Optional<TenantView> create(TenantId tenant, String name) {
    Instant now = clock.instant();
    if (tenants.add(tenant.value(), name, now) == 0) {
      return Optional.empty();
    }
    callers.forget();
    return Optional.of(new TenantView(tenant.value(), name, true, now));
  }

  /** The first thousand. */
  public List<TenantView> all() {
    return tenants.findAllByOrderById(Limit.of(MOST)).stream().map(TenantView::of).toList();
  }

  /** One of them. */
  public Optional<TenantView> find(String tenant) {
    return tenants.findById(tenant).map(TenantView::of);
  }

  /** Makes all credentials of a tenant stop; what it submitted stays. */
  @Transactional
  public Optional<TenantView> disable(String id) {
    Optional<Tenant> tenant = tenants.findById(id);
    tenant.ifPresent(found -> found.disable(clock.instant()));
    callers.forget();
    return tenant.map(TenantView::of);
  }

  /** A new key; empty when there is no such tenant. */
  @Transactional
  public Optional<ApiKeyView> createKey(
      String tenant, Set<Scope> scopes, @Nullable Instant expiresAt) {
    Instant now = clock.instant();
    ApiKeyText text = ApiKeyText.create(random);
    return tenants
        .findById(tenant)
        .map(found -> keys.save(new ApiKey(text, new TenantId(found.id()), scopes, now, expiresAt)))
        .map(key -> ApiKeyView.of(key, text, now));
  }

  /** The keys of a tenant, without their secrets. */
  public List<ApiKeyView> keysOf(String tenant) {
    Instant now = clock.instant();
    return keys.findByTenantOrderByCreatedAt(tenant).stream()
        .map(key -> ApiKeyView.of(key, null, now))
        .toList();
  }

  /** Makes a key stop; empty when the tenant has no such key. */
  @Transactional
  public Optional<ApiKeyView> revoke(String tenant, String keyId) {
    Instant now = clock.instant();
    Optional<ApiKey> key =
        keys.findById(keyId).filter(found -> found.tenant().value().equals(tenant));
    key.ifPresent(found -> found.revoke(now));
    callers.forget();
    return key.map(found -> ApiKeyView.of(found, null, now));
  }
}
