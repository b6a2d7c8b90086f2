package io.imageaudit.gateway.status;

import io.imageaudit.gateway.overload.Admission;
import io.imageaudit.gateway.problem.ProblemException;
import io.imageaudit.model.AuditId;
import io.imageaudit.model.TenantId;
import java.time.Duration;
import java.util.Optional;

/** Finds an audit, and waits for its end if that is wished. */
public final class FindAudit {

  private final KnownAudits audits;
  private final AuditWatch watch;
  private final Admission admission;

  FindAudit(KnownAudits audits, AuditWatch watch, Admission admission) {
    this.audits = audits;
    this.watch = watch;
    this.admission = admission;
  }

  /**
   * Whether a tenant has an audit.
   *
   * @throws ProblemException when that cannot be said in time
   */
  public boolean exists(TenantId tenant, AuditId auditId) {
    return look(tenant, auditId).isPresent();
  }

  /**
   * The audit as it stands, at its end or after the wait.
   *
   * @param wait longest wait; zero for none
   */
  Optional<AuditView> find(TenantId tenant, AuditId auditId, Duration wait) {
    if (wait.isZero()) {
      return look(tenant, auditId);
    }
    try (AuditWatch.Waiter waiter = watch.watch(auditId)) {
      Optional<AuditView> before = look(tenant, auditId);
      if (before.isEmpty() || before.get().result().status().isFinal()) {
        return before;
      }
      waiter.await(wait);
    }
    return look(tenant, auditId);
  }

  private Optional<AuditView> look(TenantId tenant, AuditId auditId) {
    return admission.within(() -> audits.find(tenant, auditId));
  }
}
