package io.imageaudit.gateway.image;

import io.imageaudit.model.AuditId;
import io.imageaudit.model.ContentDigest;
import io.imageaudit.model.TenantId;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Which image each audit is of. */
interface AuditedImages {

  /** The image of an audit of this tenant; empty when there is no such audit. */
  Optional<AuditedImage> find(TenantId tenant, AuditId auditId);

  /**
   * The image of an audit.
   *
   * @param digest of its bytes; none when they were never had
   * @param needed whether this audit, or another of the tenant's of the same bytes, has not ended
   */
  record AuditedImage(@Nullable ContentDigest digest, boolean needed) {}
}
