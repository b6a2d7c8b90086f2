package io.imageaudit.gateway.access;

import java.time.Instant;

/**
 * A tenant, for its administrator.
 *
 * @param tenant identity
 * @param name for people
 * @param active whether its credentials work
 * @param createdAt when it was made
 */
record TenantView(String tenant, String name, boolean active, Instant createdAt) {

  static TenantView of(Tenant tenant) {
    return new TenantView(tenant.id(), tenant.name(), tenant.isActive(), tenant.createdAt());
  }
}
