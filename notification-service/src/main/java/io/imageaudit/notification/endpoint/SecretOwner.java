package io.imageaudit.notification.endpoint;

import io.imageaudit.model.TenantId;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Whose a secret is.
 *
 * @param tenant who owns it
 * @param endpoint the one receiver that it is for; null when for all of the tenant
 */
record SecretOwner(TenantId tenant, @Nullable UUID endpoint) {

  /** All receivers of a tenant. */
  static SecretOwner of(TenantId tenant) {
    return new SecretOwner(tenant, null);
  }
}
