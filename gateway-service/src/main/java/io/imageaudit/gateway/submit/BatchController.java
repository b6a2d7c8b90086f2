package io.imageaudit.gateway.submit;

import io.imageaudit.gateway.access.Caller;
import io.imageaudit.gateway.problem.Answers;
import io.imageaudit.gateway.problem.Fault;
import io.imageaudit.gateway.problem.ProblemCode;
import io.imageaudit.gateway.problem.ProblemException;
import io.imageaudit.model.ApiResponse;
import io.imageaudit.model.AuditStatus;
import io.imageaudit.model.ContentDigest;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.springframework.http.CacheControl;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** {@code POST /v1/audits/batch}: many images in one call, and no image spoils another. */
@RestController
@RequestMapping(path = "/v1/audits/batch", produces = MediaType.APPLICATION_JSON_VALUE)
class BatchController {

  private static final Duration PAUSE = Duration.ofSeconds(2);

  private final SubmittedForms forms;
  private final SubmissionDesk desk;
  private final Answers answers;

  BatchController(SubmittedForms forms, SubmissionDesk desk, Answers answers) {
    this.forms = forms;
    this.desk = desk;
    this.answers = answers;
  }

  @PostMapping(consumes = MediaType.APPLICATION_JSON_VALUE)
  ResponseEntity<ApiResponse<BatchReceipt>> json(
      HttpServletRequest request,
      HttpServletResponse response,
      @AuthenticationPrincipal Caller caller,
      Locale locale) {
    return forms.jsonItems(request, items -> submit(items, request, response, caller, locale));
  }

  @PostMapping(consumes = MediaType.MULTIPART_FORM_DATA_VALUE)
  ResponseEntity<ApiResponse<BatchReceipt>> multipart(
      HttpServletRequest request,
      HttpServletResponse response,
      @AuthenticationPrincipal Caller caller,
      Locale locale)
      throws IOException {
    return submit(forms.multipartItems(request), request, response, caller, locale);
  }

  private ResponseEntity<ApiResponse<BatchReceipt>> submit(
      List<AuditForm> items,
      HttpServletRequest request,
      HttpServletResponse response,
      Caller caller,
      Locale locale) {
    if (items.isEmpty()) {
      throw ProblemException.of(ProblemCode.VALIDATION_ERROR, List.of(Fault.of("items", "empty")));
    }
    String key = IdempotencyKeys.of(request);
    List<Checked> checked = desk.check(items);
    List<SubmitOutcome> outcomes = submit(checked, key, caller, request, response);
    return answer(items(checked, outcomes, locale), outcomes, locale);
  }

  private List<SubmitOutcome> submit(
      List<Checked> items,
      @Nullable String key,
      Caller caller,
      HttpServletRequest request,
      HttpServletResponse response) {
    List<AuditOrder> orders = new ArrayList<>();
    List<RepeatKey> keys = new ArrayList<>();
    ContentDigest batch = key == null ? null : RequestDigest.of(items);
    for (int index = 0; index < items.size(); index++) {
      if (items.get(index) instanceof Checked.Acceptable(AuditOrder order)) {
        orders.add(order);
        if (key != null && batch != null) {
          keys.add(new RepeatKey(key, new RepeatKey.Item(index, batch)));
        }
      }
    }
    return orders.isEmpty() ? List.of() : desk.submit(orders, keys, caller, request, response);
  }

  private List<BatchItem> items(
      List<Checked> checked, List<SubmitOutcome> outcomes, Locale locale) {
    Iterator<SubmitOutcome> next = outcomes.iterator();
    List<BatchItem> items = new ArrayList<>();
    for (Checked item : checked) {
      int index = items.size();
      items.add(
          switch (item) {
            case Checked.Unacceptable(ProblemCode code, List<Fault> faults) ->
                refused(index, code, answers.errors(faults, locale));
            case Checked.Acceptable _ -> item(index, next.next());
          });
    }
    return items;
  }

  private static BatchItem item(int index, SubmitOutcome outcome) {
    return switch (outcome) {
      case SubmitOutcome.Accepted accepted ->
          new BatchItem(
              index,
              true,
              "ACCEPTED",
              new Receipt(accepted.auditId(), AuditStatus.QUEUED),
              List.of());
      case SubmitOutcome.Refused reason -> refused(index, reason.code(), List.of());
    };
  }

  private static BatchItem refused(int index, ProblemCode code, List<String> errors) {
    return new BatchItem(index, false, code.name(), null, errors);
  }

  private ResponseEntity<ApiResponse<BatchReceipt>> answer(
      List<BatchItem> items, List<SubmitOutcome> outcomes, Locale locale) {
    BatchReceipt receipt = new BatchReceipt(items);
    if (items.stream().anyMatch(BatchItem::success)) {
      ResponseEntity.BodyBuilder answer =
          ResponseEntity.accepted().cacheControl(CacheControl.noStore());
      if (outcomes.stream().allMatch(BatchController::isReplayed)) {
        answer.header("Idempotent-Replayed", "true");
      }
      return answer.body(answers.success("ACCEPTED", receipt, locale));
    }
    refuseAll(outcomes);
    ApiResponse<Object> refusal = answers.problem(ProblemCode.VALIDATION_ERROR, List.of(), locale);
    return ResponseEntity.badRequest()
        .cacheControl(CacheControl.noStore())
        .body(
            new ApiResponse<>(false, refusal.code(), refusal.message(), receipt, refusal.errors()));
  }

  private static boolean isReplayed(SubmitOutcome outcome) {
    return outcome instanceof SubmitOutcome.Accepted accepted && accepted.replayed();
  }

  /** What stands against all of the acceptable items does not lie in what they are. */
  private static void refuseAll(List<SubmitOutcome> outcomes) {
    if (outcomes.stream().anyMatch(SubmitOutcome.Unavailable.class::isInstance)) {
      throw ProblemException.passing(ProblemCode.UNAVAILABLE, PAUSE);
    }
    if (outcomes.stream().anyMatch(SubmitOutcome.KeyInProgress.class::isInstance)) {
      throw ProblemException.passing(ProblemCode.IDEMPOTENCY_IN_PROGRESS, PAUSE);
    }
    if (outcomes.stream().anyMatch(SubmitOutcome.KeyReused.class::isInstance)) {
      throw ProblemException.of(ProblemCode.IDEMPOTENCY_KEY_REUSED);
    }
  }
}
