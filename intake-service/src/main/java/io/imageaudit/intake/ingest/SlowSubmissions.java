package io.imageaudit.intake.ingest;

import io.imageaudit.model.AuditId;
import io.imageaudit.model.event.AuditSubmitted;
import java.time.Instant;
import java.util.List;
import java.util.Set;

/** Submissions that take long: remembered, so that their records can be acknowledged. */
interface SlowSubmissions {

  /**
   * A submission whose lease has run out.
   *
   * @param submitted to be ingested
   * @param attempts tries so far, this one included
   */
  record Due(AuditSubmitted submitted, int attempts) {}

  /** Remembers a submission that is in work here until the lease ends. */
  void add(AuditSubmitted submitted, Instant leaseEnd);

  /** Forgets a submission whose ingestion has ended. */
  void remove(AuditId auditId);

  /** Moves the end of the leases of submissions that are still in work here. */
  void renew(Set<AuditId> inWork, Instant leaseEnd);

  /**
   * Leaves a submission whose ingestion failed for a later try.
   *
   * @param until when it may be taken over
   * @param counts whether the try counts: one that failed by what passes by itself does not
   */
  void postpone(AuditId auditId, Instant until, boolean counts);

  /** Leaves submissions in work to others at once; the tries do not count. */
  void release(Set<AuditId> inWork, Instant now);

  /**
   * Takes over submissions whose lease has run out, and leases them anew. Each try counts from its
   * start, so that one that kills its process counts too.
   *
   * @param inWork those that are in work here, which are left alone
   */
  List<Due> takeOver(Instant now, Instant leaseEnd, int atMost, Set<AuditId> inWork);
}
