package io.imageaudit.notification.endpoint;

import io.imageaudit.model.TenantId;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Which receivers the tenants have subscribed. */
public interface Subscriptions {

  /** Those of these tenants; a tenant without any may be missing. */
  Map<TenantId, List<Subscription>> of(Set<TenantId> tenants);
}
