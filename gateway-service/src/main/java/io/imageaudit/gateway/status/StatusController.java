package io.imageaudit.gateway.status;

import io.imageaudit.gateway.access.Caller;
import io.imageaudit.gateway.overload.Admission;
import io.imageaudit.gateway.problem.Answers;
import io.imageaudit.gateway.problem.Fault;
import io.imageaudit.gateway.problem.ProblemCode;
import io.imageaudit.gateway.problem.ProblemException;
import io.imageaudit.model.ApiResponse;
import io.imageaudit.model.AuditId;
import io.imageaudit.model.AuditResult;
import io.imageaudit.model.event.AuditConcluded;
import jakarta.servlet.http.HttpServletRequest;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.springframework.http.CacheControl;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** {@code GET /v1/audits} and what is below it. */
@RestController
@RequestMapping(path = "/v1/audits", produces = MediaType.APPLICATION_JSON_VALUE)
class StatusController {

  private static final String WAIT = "wait";
  static final int LONGEST_WAIT = 30;

  private final FindAudit find;
  private final KnownAudits audits;
  private final Admission admission;
  private final Answers answers;

  StatusController(FindAudit find, KnownAudits audits, Admission admission, Answers answers) {
    this.find = find;
    this.audits = audits;
    this.admission = admission;
    this.answers = answers;
  }

  @GetMapping("/{auditId}")
  ResponseEntity<ApiResponse<AuditView>> audit(
      @PathVariable String auditId,
      HttpServletRequest request,
      @AuthenticationPrincipal Caller caller,
      Locale locale) {
    Duration wait = waitOf(request);
    AuditView view =
        AuditId.parse(auditId)
            .flatMap(id -> find.find(caller.tenant(), id, wait))
            .orElseThrow(StatusController::nothing);
    return ResponseEntity.ok()
        .cacheControl(CacheControl.noCache().cachePrivate())
        .eTag(view.version())
        .body(answers.success("OK", view, locale));
  }

  @GetMapping("/{auditId}/record")
  ResponseEntity<ApiResponse<AuditConcluded>> evidence(
      @PathVariable String auditId, @AuthenticationPrincipal Caller caller, Locale locale) {
    AuditConcluded end =
        AuditId.parse(auditId)
            .flatMap(id -> admission.within(() -> audits.findEnd(caller.tenant(), id)))
            .orElseThrow(StatusController::nothing);
    return fresh().body(answers.success("OK", end, locale));
  }

  @GetMapping
  ResponseEntity<ApiResponse<AuditPage>> search(
      HttpServletRequest request, @AuthenticationPrincipal Caller caller, Locale locale) {
    AuditSearch search = SearchParameters.read(request.getParameterMap());
    List<AuditResult> items = admission.within(() -> audits.search(caller.tenant(), search));
    String next =
        items.size() < search.limit()
            ? null
            : SearchParameters.Cursors.write(items.getLast().auditId());
    return fresh().body(answers.success("OK", new AuditPage(items, next), locale));
  }

  private static ResponseEntity.BodyBuilder fresh() {
    return ResponseEntity.ok().cacheControl(CacheControl.noStore());
  }

  private static Duration waitOf(HttpServletRequest request) {
    List<Fault> faults = new ArrayList<>();
    request.getParameterMap().keySet().stream()
        .filter(name -> !name.equals(WAIT))
        .forEach(name -> faults.add(Fault.unknown(name)));
    String text = request.getParameter(WAIT);
    boolean valid =
        text == null || (text.matches("[0-9]{1,2}") && Integer.parseInt(text) <= LONGEST_WAIT);
    if (!valid) {
      faults.add(Fault.of(WAIT, "not_between", 0, LONGEST_WAIT));
    }
    if (!faults.isEmpty()) {
      throw ProblemException.of(ProblemCode.VALIDATION_ERROR, faults);
    }
    return text == null ? Duration.ZERO : Duration.ofSeconds(Integer.parseInt(text));
  }

  private static ProblemException nothing() {
    return ProblemException.of(ProblemCode.NOT_FOUND);
  }
}
