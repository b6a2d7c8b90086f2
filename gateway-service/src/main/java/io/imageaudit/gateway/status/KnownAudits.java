package io.imageaudit.gateway.status;

import io.imageaudit.model.AuditId;
import io.imageaudit.model.TenantId;
import java.util.Optional;

/** The audits of each tenant, as far as we have heard of them. */
interface KnownAudits {

  /** An audit of this tenant; empty when there is none, or it is another tenant's. */
  Optional<AuditView> find(TenantId tenant, AuditId auditId);
}
