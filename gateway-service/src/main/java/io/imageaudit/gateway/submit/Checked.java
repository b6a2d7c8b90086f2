package io.imageaudit.gateway.submit;

import io.imageaudit.gateway.problem.Fault;
import io.imageaudit.gateway.problem.ProblemCode;
import java.util.List;

/** What came out of checking a request. */
sealed interface Checked {

  /**
   * It can be audited.
   *
   * @param order what to do
   */
  record Acceptable(AuditOrder order) implements Checked {}

  /**
   * It cannot.
   *
   * @param code why
   * @param faults each field that is wrong
   */
  record Unacceptable(ProblemCode code, List<Fault> faults) implements Checked {

    /** Copies the faults. */
    public Unacceptable {
      faults = List.copyOf(faults);
    }
  }
}
