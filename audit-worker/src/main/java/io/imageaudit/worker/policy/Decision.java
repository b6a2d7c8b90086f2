package io.imageaudit.worker.policy;

import io.imageaudit.model.Finding;
import io.imageaudit.model.Verdict;
import java.util.List;

/**
 * What a policy decided.
 *
 * @param verdict the most severe action of all findings
 * @param findings what asks for action, the most severe first
 */
public record Decision(Verdict verdict, List<Finding> findings) {

  /** Copies the list. */
  public Decision {
    findings = List.copyOf(findings);
  }
}
