package io.imageaudit.gateway.submit;

import io.imageaudit.gateway.access.Caller;
import io.imageaudit.gateway.problem.Answers;
import io.imageaudit.gateway.problem.Fault;
import io.imageaudit.gateway.problem.ProblemCode;
import io.imageaudit.gateway.problem.ProblemException;
import io.imageaudit.gateway.trace.Trace;
import io.imageaudit.model.ApiResponse;
import io.imageaudit.model.AuditStatus;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
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
import org.springframework.web.multipart.MultipartHttpServletRequest;

/** {@code POST /v1/audits}. */
@RestController
@RequestMapping(path = "/v1/audits", produces = MediaType.APPLICATION_JSON_VALUE)
class SubmitController {

  private static final Duration PAUSE = Duration.ofSeconds(2);

  private final JsonForms jsonForms;
  private final MultipartForms multipartForms = new MultipartForms();
  private final CheckRequest checks;
  private final SubmitAudit submit;
  private final Answers answers;

  SubmitController(JsonForms jsonForms, CheckRequest checks, SubmitAudit submit, Answers answers) {
    this.jsonForms = jsonForms;
    this.checks = checks;
    this.submit = submit;
    this.answers = answers;
  }

  @PostMapping(consumes = MediaType.APPLICATION_JSON_VALUE)
  ResponseEntity<ApiResponse<Receipt>> json(
      HttpServletRequest request, @AuthenticationPrincipal Caller caller, Locale locale)
      throws IOException {
    refuseParameters(request);
    refuseEncoding(request);
    return submit(jsonForms.read(request.getInputStream()), request, caller, locale);
  }

  @PostMapping(consumes = MediaType.MULTIPART_FORM_DATA_VALUE)
  ResponseEntity<ApiResponse<Receipt>> multipart(
      MultipartHttpServletRequest request, @AuthenticationPrincipal Caller caller, Locale locale) {
    return submit(multipartForms.read(request), request, caller, locale);
  }

  private ResponseEntity<ApiResponse<Receipt>> submit(
      AuditForm form, HttpServletRequest request, Caller caller, Locale locale) {
    String key = IdempotencyKeys.of(request);
    AuditOrder order =
        switch (checks.check(form)) {
          case Checked.Acceptable(AuditOrder acceptable) -> acceptable;
          case Checked.Unacceptable(ProblemCode code, List<Fault> faults) ->
              throw ProblemException.of(code, faults);
        };
    Submission submission = new Submission(caller.tenant(), order, key, Trace.of(request));
    return switch (submit.submit(submission)) {
      case SubmitOutcome.Accepted accepted -> receipt(accepted, locale);
      case SubmitOutcome.KeyReused _ -> throw problem(ProblemCode.IDEMPOTENCY_KEY_REUSED);
      case SubmitOutcome.KeyInProgress _ ->
          throw ProblemException.passing(ProblemCode.IDEMPOTENCY_IN_PROGRESS, PAUSE);
      case SubmitOutcome.TooLarge _ -> throw problem(ProblemCode.PAYLOAD_TOO_LARGE);
      case SubmitOutcome.Unavailable _ ->
          throw ProblemException.passing(ProblemCode.UNAVAILABLE, PAUSE);
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

  /** Nothing is read from the address, so whatever stands there is a mistake. */
  private static void refuseParameters(HttpServletRequest request) {
    if (request.getQueryString() != null) {
      List<Fault> faults = request.getParameterMap().keySet().stream().map(Fault::unknown).toList();
      throw ProblemException.of(ProblemCode.VALIDATION_ERROR, faults);
    }
  }

  private static void refuseEncoding(HttpServletRequest request) {
    if (request.getHeader(HttpHeaders.CONTENT_ENCODING) != null) {
      throw problem(ProblemCode.UNSUPPORTED_MEDIA_TYPE);
    }
  }

  private static ProblemException problem(ProblemCode code) {
    return ProblemException.of(code);
  }
}
