package io.imageaudit.gateway.status;

import io.imageaudit.model.AuditId;
import io.imageaudit.model.AuditResult;
import io.imageaudit.model.TenantId;
import io.imageaudit.model.event.AuditConcluded;
import java.util.Collection;
import java.util.List;
import java.util.Optional;

/** The audits of each tenant, as far as we have heard of them. */
interface KnownAudits {

  /** An audit of this tenant; empty when there is none, or it is another tenant's. */
  Optional<AuditView> find(TenantId tenant, AuditId auditId);

  /**
   * The end of an audit of this tenant with what it rests on; empty when it has not ended, or is
   * not this tenant's.
   */
  Optional<AuditConcluded> findEnd(TenantId tenant, AuditId auditId);

  /** Audits of this tenant, the latest first; at most {@link AuditSearch#limit()}. */
  List<AuditResult> search(TenantId tenant, AuditSearch search);

  /** Those of these audits that have ended. */
  List<AuditId> endedAmong(Collection<AuditId> audits);
}
