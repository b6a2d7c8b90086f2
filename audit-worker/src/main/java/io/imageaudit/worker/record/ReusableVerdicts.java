package io.imageaudit.worker.record;

import io.imageaudit.model.event.AuditConcluded;
import java.util.Collection;
import java.util.Map;

/**
 * Full verdicts that count for other audits of the same content as well. A key names everything
 * that a verdict depends on: the bytes, the policy, the tenant, the role, the models and their
 * versions.
 */
public interface ReusableVerdicts {

  /** The newest verdict for each key, as far as there are any that are young enough. */
  Map<String, AuditConcluded> find(Collection<String> keys);

  /** A verdict has been recorded. */
  void remember(String key, AuditConcluded verdict);
}
