package io.imageaudit.gateway.submit;

import io.imageaudit.gateway.access.Caller;
import io.imageaudit.gateway.overload.Admission;
import io.imageaudit.gateway.quota.SubmissionQuota;
import io.imageaudit.gateway.trace.Trace;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.util.ArrayList;
import java.util.List;

/** What a single submission and a batch have in common: check, quota, a place, the step itself. */
final class SubmissionDesk {

  private final CheckRequest checks;
  private final SubmissionQuota quota;
  private final Admission admission;
  private final SubmitAudits submit;
  private final SubmissionMeters meters;

  SubmissionDesk(
      CheckRequest checks,
      SubmissionQuota quota,
      Admission admission,
      SubmitAudits submit,
      SubmissionMeters meters) {
    this.checks = checks;
    this.quota = quota;
    this.admission = admission;
    this.submit = submit;
    this.meters = meters;
  }

  /** Checks each request on its own. */
  List<Checked> check(List<AuditForm> forms) {
    return forms.stream().map(checks::check).toList();
  }

  /**
   * Submits these orders; one outcome each, in order.
   *
   * @param keys the key of each; none at all when the client gave none
   * @throws io.imageaudit.gateway.problem.ProblemException when the quota is used up or there is no
   *     place in time
   */
  List<SubmitOutcome> submit(
      List<AuditOrder> orders,
      List<RepeatKey> keys,
      Caller caller,
      HttpServletRequest request,
      HttpServletResponse response) {
    List<Submission> submissions = new ArrayList<>();
    for (int index = 0; index < orders.size(); index++) {
      submissions.add(
          new Submission(
              caller.tenant(),
              orders.get(index),
              keys.isEmpty() ? null : keys.get(index),
              Trace.of(request)));
    }
    quota.take(caller.tenant(), orders.size(), bytes(orders), response);
    List<AuditOrder> taken = new ArrayList<>();
    try {
      List<SubmitOutcome> outcomes = work(orders, submissions);
      for (int index = 0; index < outcomes.size(); index++) {
        if (!(outcomes.get(index) instanceof SubmitOutcome.Unavailable)) {
          taken.add(orders.get(index));
        }
      }
      outcomes.forEach(meters::count);
      return outcomes;
    } finally {
      quota.giveBack(caller.tenant(), orders.size() - taken.size(), bytes(orders) - bytes(taken));
    }
  }

  /** What has to be handed on waits for a place of its own, as it may be long under way. */
  private List<SubmitOutcome> work(List<AuditOrder> orders, List<Submission> submissions) {
    return bytes(orders) > 0
        ? admission.withUpload(() -> submit.submit(submissions))
        : admission.within(() -> submit.submit(submissions));
  }

  private static long bytes(List<AuditOrder> orders) {
    long bytes = 0;
    for (AuditOrder order : orders) {
      bytes +=
          switch (order.image()) {
            case OfferedImage.Remote _ -> 0;
            case OfferedImage.Content content -> content.size();
          };
    }
    return bytes;
  }
}
