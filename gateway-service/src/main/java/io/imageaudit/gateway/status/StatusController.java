package io.imageaudit.gateway.status;

import io.imageaudit.gateway.access.Caller;
import io.imageaudit.gateway.problem.Answers;
import io.imageaudit.gateway.problem.ProblemCode;
import io.imageaudit.gateway.problem.ProblemException;
import io.imageaudit.model.ApiResponse;
import io.imageaudit.model.AuditId;
import java.util.Locale;
import org.springframework.http.CacheControl;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** {@code GET /v1/audits/{audit_id}}. */
@RestController
@RequestMapping(path = "/v1/audits", produces = MediaType.APPLICATION_JSON_VALUE)
class StatusController {

  private final KnownAudits audits;
  private final Answers answers;

  StatusController(KnownAudits audits, Answers answers) {
    this.audits = audits;
    this.answers = answers;
  }

  @GetMapping("/{auditId}")
  ResponseEntity<ApiResponse<AuditView>> audit(
      @PathVariable String auditId, @AuthenticationPrincipal Caller caller, Locale locale) {
    AuditView view =
        AuditId.parse(auditId)
            .flatMap(id -> audits.find(caller.tenant(), id))
            .orElseThrow(() -> ProblemException.of(ProblemCode.NOT_FOUND));
    return ResponseEntity.ok()
        .cacheControl(CacheControl.noStore())
        .body(answers.success("OK", view, locale));
  }
}
