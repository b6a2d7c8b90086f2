package io.imageaudit.gateway.callback;

import io.imageaudit.gateway.access.Caller;
import io.imageaudit.gateway.internal.InternalCalls;
import io.imageaudit.gateway.problem.Answers;
import io.imageaudit.gateway.problem.ProblemCode;
import io.imageaudit.gateway.problem.ProblemException;
import io.imageaudit.gateway.trace.Trace;
import io.imageaudit.model.ApiResponse;
import io.imageaudit.model.AuditId;
import io.imageaudit.model.TenantId;
import io.imageaudit.model.TraceParent;
import jakarta.servlet.http.HttpServletRequest;
import java.net.URI;
import java.time.Duration;
import java.util.Locale;
import org.springframework.http.CacheControl;
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

  private static final Duration PAUSE = Duration.ofSeconds(2);
  private static final int MOST = 100;

  private final InternalCalls calls;
  private final NotificationSettings notification;
  private final Answers answers;

  DeliveryController(InternalCalls calls, NotificationSettings notification, Answers answers) {
    this.calls = calls;
    this.notification = notification;
    this.answers = answers;
  }

  @GetMapping
  ResponseEntity<ApiResponse<JsonNode>> deliveries(
      @PathVariable String auditId,
      HttpServletRequest request,
      @AuthenticationPrincipal Caller caller,
      Locale locale) {
    AuditId audit = auditOf(auditId);
    JsonNode items = items(caller.tenant(), audit, Trace.of(request));
    return ResponseEntity.ok()
        .cacheControl(CacheControl.noStore())
        .body(answers.success("OK", items, locale));
  }

  @PostMapping("/{deliveryId}/resend")
  ResponseEntity<ApiResponse<JsonNode>> resend(
      @PathVariable String auditId,
      @PathVariable String deliveryId,
      HttpServletRequest request,
      @AuthenticationPrincipal Caller caller,
      Locale locale) {
    TraceParent trace = Trace.of(request);
    JsonNode items = items(caller.tenant(), auditOf(auditId), trace);
    boolean known =
        items
            .valueStream()
            .anyMatch(item -> item.path("delivery_id").asString("").equals(deliveryId));
    if (!known) {
      throw ProblemException.of(ProblemCode.NOT_FOUND);
    }
    JsonNode delivery =
        data(calls.post(URI.create(base(caller.tenant()) + "/" + deliveryId + "/resend"), trace));
    return ResponseEntity.accepted()
        .cacheControl(CacheControl.noStore())
        .body(answers.success("OK", delivery, locale));
  }

  private JsonNode items(TenantId tenant, AuditId audit, TraceParent trace) {
    URI address = URI.create(base(tenant) + "?audit_id=" + audit + "&limit=" + MOST);
    return data(calls.get(address, trace)).path("items");
  }

  private String base(TenantId tenant) {
    return notification.url() + "/internal/v1/tenants/" + tenant + "/deliveries";
  }

  private static JsonNode data(InternalCalls.Reply reply) {
    JsonNode data = reply.data();
    if (reply.status() == 404) {
      throw ProblemException.of(ProblemCode.NOT_FOUND);
    }
    if (reply.status() == 409) {
      throw ProblemException.of(ProblemCode.CONFLICT);
    }
    if (reply.status() / 100 != 2 || data == null) {
      throw ProblemException.passing(ProblemCode.UNAVAILABLE, PAUSE);
    }
    return data;
  }

  private static AuditId auditOf(String text) {
    return AuditId.parse(text).orElseThrow(() -> ProblemException.of(ProblemCode.NOT_FOUND));
  }
}
