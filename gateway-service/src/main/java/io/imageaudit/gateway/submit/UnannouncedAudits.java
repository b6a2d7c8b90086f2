package io.imageaudit.gateway.submit;

import io.imageaudit.model.event.AuditSubmitted;
import java.time.Instant;
import java.util.List;

/** Audits that stayed QUEUED for so long that nobody may have heard of them. */
interface UnannouncedAudits {

  /**
   * Takes some of them; each is handed out again only after a pause that doubles every time.
   *
   * @param now which of them are due
   * @param limit most to take
   */
  List<AuditSubmitted> take(Instant now, int limit);

  /**
   * Forgets Idempotency-Keys that have expired.
   *
   * @param limit most to forget
   * @return how many were forgotten
   */
  int forgetExpiredKeys(Instant now, int limit);
}
