package io.imageaudit.gateway.submit;

import io.imageaudit.gateway.access.Caller;
import io.imageaudit.gateway.problem.Answers;
import io.imageaudit.gateway.problem.Fault;
import io.imageaudit.gateway.problem.ProblemCode;
import io.imageaudit.gateway.problem.ProblemException;
import io.imageaudit.model.ApiResponse;
import io.imageaudit.model.AuditStatus;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** {@code POST /v1/audits}. */
@RestController
@RequestMapping(path = "/v1/audits", produces = MediaType.APPLICATION_JSON_VALUE)
class SubmitController {

  private static final Duration PAUSE = Duration.ofSeconds(2);

  private final SubmittedForms forms;
  private final SubmissionDesk desk;
  private final Answers answers;

  SubmitController(SubmittedForms forms, SubmissionDesk desk, Answers answers) {
    this.forms = forms;
    this.desk = desk;
    this.answers = answers;
  }

  @PostMapping(consumes = MediaType.APPLICATION_JSON_VALUE)
  ResponseEntity<ApiResponse<Receipt>> json(
      HttpServletRequest request,
      HttpServletResponse response,
      @AuthenticationPrincipal Caller caller,
      Locale locale) {
    return forms.json(request, form -> submit(form, request, response, caller, locale));
  }

  @PostMapping(consumes = MediaType.MULTIPART_FORM_DATA_VALUE)
  ResponseEntity<ApiResponse<Receipt>> multipart(
      HttpServletRequest request,
      HttpServletResponse response,
      @AuthenticationPrincipal Caller caller,
      Locale locale) {
    return submit(forms.multipart(request), request, response, caller, locale);
  }

  private ResponseEntity<ApiResponse<Receipt>> submit(
      AuditForm form,
      HttpServletRequest request,
      HttpServletResponse response,
      Caller caller,
      Locale locale) {
    String key = IdempotencyKeys.of(request);
    AuditOrder order =
        switch (desk.check(List.of(form)).getFirst()) {
          case Checked.Acceptable(AuditOrder acceptable) -> acceptable;
          case Checked.Unacceptable(ProblemCode code, List<Fault> faults) ->
              throw ProblemException.of(code, faults);
        };
    List<RepeatKey> keys = key == null ? List.of() : List.of(new RepeatKey(key, null));
    return switch (desk.submit(List.of(order), keys, caller, request, response).getFirst()) {
      case SubmitOutcome.Accepted accepted -> receipt(accepted, locale);
      case SubmitOutcome.KeyInProgress refused ->
          throw ProblemException.passing(refused.code(), PAUSE);
      case SubmitOutcome.Unavailable refused ->
          throw ProblemException.passing(refused.code(), PAUSE);
      case SubmitOutcome.Refused refused -> throw ProblemException.of(refused.code());
    };
  }

  private ResponseEntity<ApiResponse<Receipt>> receipt(
      SubmitOutcome.Accepted accepted, Locale locale) {
    ResponseEntity.BodyBuilder answer =
        ResponseEntity.accepted()
            .location(URI.create("/v1/audits/" + accepted.auditId()))
            .header(HttpHeaders.CACHE_CONTROL, "no-store");
    if (accepted.replayed()) {
      answer.header("Idempotent-Replayed", "true");
    }
    Receipt receipt = new Receipt(accepted.auditId(), AuditStatus.QUEUED);
    return answer.body(answers.success("ACCEPTED", receipt, locale));
  }
}
