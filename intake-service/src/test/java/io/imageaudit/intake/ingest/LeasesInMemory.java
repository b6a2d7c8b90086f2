package io.imageaudit.intake.ingest;

import io.imageaudit.model.AuditId;
import io.imageaudit.model.event.AuditSubmitted;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.springframework.dao.DataAccessResourceFailureException;

/** What the table of slow submissions does, in memory; replicas share one. */
final class LeasesInMemory implements SlowSubmissions {

  private final Map<AuditId, Lease> leases = new LinkedHashMap<>();
  private boolean away;
  private int renewals;

  /** A row. */
  private record Lease(AuditSubmitted submitted, int attempts, Instant end) {}

  /** From now on nothing can be written. */
  synchronized void goAway() {
    away = true;
  }

  synchronized int size() {
    return leases.size();
  }

  /** How often leases were renewed. */
  synchronized int renewals() {
    return renewals;
  }

  @Override
  public synchronized void add(AuditSubmitted submitted, Instant leaseEnd) {
    if (away) {
      throw new DataAccessResourceFailureException("the database is away");
    }
    leases.put(submitted.auditId(), new Lease(submitted, 1, leaseEnd));
  }

  @Override
  public synchronized void remove(AuditId auditId) {
    leases.remove(auditId);
  }

  @Override
  public synchronized void renew(Set<AuditId> inWork, Instant leaseEnd) {
    renewals++;
    inWork.forEach(id -> change(id, 0, leaseEnd));
  }

  @Override
  public synchronized void postpone(AuditId auditId, Instant until, boolean counts) {
    change(auditId, counts ? 0 : -1, until);
  }

  @Override
  public synchronized void release(Set<AuditId> inWork, Instant now) {
    inWork.forEach(id -> change(id, -1, now));
  }

  @Override
  public synchronized List<Due> takeOver(
      Instant now, Instant leaseEnd, int atMost, Set<AuditId> inWork) {
    List<Due> due = new ArrayList<>();
    for (Lease lease : List.copyOf(leases.values())) {
      AuditId auditId = lease.submitted().auditId();
      if (!lease.end().isAfter(now) && !inWork.contains(auditId) && due.size() < atMost) {
        change(auditId, 1, leaseEnd);
        due.add(new Due(lease.submitted(), lease.attempts() + 1));
      }
    }
    return due;
  }

  private void change(AuditId auditId, int attempts, Instant end) {
    leases.computeIfPresent(
        auditId, (_, lease) -> new Lease(lease.submitted(), lease.attempts() + attempts, end));
  }
}
