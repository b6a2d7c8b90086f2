package io.imageaudit.intake.store;

import io.imageaudit.model.ContentDigest;
import io.imageaudit.model.TenantId;
import java.time.Instant;

/** Remembers which contents the store may have, so that none can be left in it unknown. */
interface KeptContents {

  /** Remembers content that is about to be kept. */
  void record(TenantId tenant, ContentDigest sha256, Instant at);
}
