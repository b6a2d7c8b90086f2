package io.imageaudit.gateway.callback;

import io.imageaudit.gateway.access.Caller;
import io.imageaudit.gateway.problem.ProblemCode;
import io.imageaudit.gateway.problem.ProblemException;
import io.imageaudit.gateway.status.FindAudit;
import io.imageaudit.gateway.trace.Trace;
import io.imageaudit.model.ApiResponse;
import io.imageaudit.model.AuditId;
import io.imageaudit.model.TenantId;
import io.imageaudit.model.TraceParent;
import jakarta.servlet.http.HttpServletRequest;
import java.util.Locale;
import org.springframework.http.HttpMethod;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;
import tools.jackson.databind.JsonNode;

/** {@code /v1/audits/{audit_id}/deliveries}: callbacks under way and ended, and sending again. */
@RestController
@RequestMapping(
    path = "/v1/audits/{auditId}/deliveries",
    produces = MediaType.APPLICATION_JSON_VALUE)
class DeliveryController {

  private static final int MOST = 100;

  private final CallbackDesk desk;
  private final FindAudit audits;

  DeliveryController(CallbackDesk desk, FindAudit audits) {
    this.desk = desk;
    this.audits = audits;
  }

  @GetMapping
  ResponseEntity<ApiResponse<JsonNode>> deliveries(
      @PathVariable String auditId,
      HttpServletRequest request,
      @AuthenticationPrincipal Caller caller,
      Locale locale) {
    AuditId audit = auditOf(auditId);
    JsonNode items = items(caller.tenant(), audit, Trace.of(request));
    if (items.isEmpty() && !audits.exists(caller.tenant(), audit)) {
      throw nothing();
    }
    return desk.answer(PassedCall.get(""), items, locale);
  }

  @PostMapping("/{deliveryId}/resend")
  ResponseEntity<ApiResponse<JsonNode>> resend(
      @PathVariable String auditId,
      @PathVariable String deliveryId,
      HttpServletRequest request,
      @AuthenticationPrincipal Caller caller,
      Locale locale) {
    String path = "/deliveries/" + CallbackDesk.id(deliveryId) + "/resend";
    return desk.pass(
        PassedCall.order(HttpMethod.POST, path + "?audit_id=" + auditOf(auditId), 202),
        request,
        caller,
        locale);
  }

  private JsonNode items(TenantId tenant, AuditId audit, TraceParent trace) {
    return desk.ask("/deliveries?audit_id=" + audit + "&limit=" + MOST, tenant, trace)
        .path("items");
  }

  private static AuditId auditOf(String text) {
    return AuditId.parse(text).orElseThrow(DeliveryController::nothing);
  }

  private static ProblemException nothing() {
    return ProblemException.of(ProblemCode.NOT_FOUND);
  }
}
