package io.imageaudit.gateway.callback;

import io.imageaudit.gateway.internal.InternalCalls;
import io.imageaudit.gateway.problem.Answers;
import io.imageaudit.gateway.problem.ProblemCode;
import io.imageaudit.gateway.problem.ProblemException;
import io.imageaudit.gateway.trace.Trace;
import io.imageaudit.model.ApiResponse;
import io.imageaudit.model.TenantId;
import jakarta.servlet.http.HttpServletRequest;
import java.net.URI;
import java.time.Duration;
import java.util.Locale;
import org.springframework.http.CacheControl;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RestController;
import tools.jackson.databind.JsonNode;

/** {@code POST /v1/admin/tenants/{tenant}/webhook-secrets}: the secret passes through, once. */
@RestController
class WebhookSecretController {

  private static final Duration PAUSE = Duration.ofSeconds(2);

  private final InternalCalls calls;
  private final NotificationSettings notification;
  private final Answers answers;

  WebhookSecretController(InternalCalls calls, NotificationSettings notification, Answers answers) {
    this.calls = calls;
    this.notification = notification;
    this.answers = answers;
  }

  @PostMapping(
      path = "/v1/admin/tenants/{tenant}/webhook-secrets",
      produces = MediaType.APPLICATION_JSON_VALUE)
  ResponseEntity<ApiResponse<JsonNode>> create(
      @PathVariable String tenant, HttpServletRequest request, Locale locale) {
    if (!TenantId.isValid(tenant)) {
      throw ProblemException.of(ProblemCode.NOT_FOUND);
    }
    URI address =
        URI.create(notification.url() + "/internal/v1/tenants/" + tenant + "/webhook-secrets");
    InternalCalls.Reply reply = calls.post(address, Trace.of(request));
    JsonNode data = reply.data();
    if (reply.status() != 201 || data == null) {
      throw ProblemException.passing(ProblemCode.UNAVAILABLE, PAUSE);
    }
    return ResponseEntity.status(HttpStatus.CREATED)
        .cacheControl(CacheControl.noStore())
        .body(answers.success("CREATED", data, locale));
  }
}
