package io.imageaudit.gateway.status;

import io.imageaudit.model.AuditResult;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One page of a search.
 *
 * @param items the audits, the latest first
 * @param nextCursor asks for the next page; none at the end
 */
record AuditPage(List<AuditResult> items, @Nullable String nextCursor) {

  /** Copies the list. */
  AuditPage {
    items = List.copyOf(items);
  }
}
