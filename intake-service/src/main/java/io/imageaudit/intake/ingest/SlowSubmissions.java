package io.imageaudit.intake.ingest;

import io.imageaudit.model.AuditId;
import io.imageaudit.model.event.AuditSubmitted;
import java.time.Instant;
import java.util.List;

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

  /** Takes over submissions whose lease has run out, and leases them anew. */
  List<Due> takeOver(Instant now, Instant leaseEnd, int atMost);
}
