package io.imageaudit.notification.tenant;

import io.imageaudit.model.TenantId;

/** Rules that were set while the service runs, shared by all replicas. */
interface StoredTenantRules {

  /** Those of a tenant; none when none were set. */
  TenantRules find(TenantId tenant);

  /** Sets all of a tenant's rules. */
  void save(TenantId tenant, TenantRules rules);
}
