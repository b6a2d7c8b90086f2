package io.imageaudit.gateway.callback;

import io.imageaudit.gateway.problem.ProblemCode;
import io.imageaudit.gateway.problem.ProblemException;
import io.imageaudit.gateway.trace.Trace;
import io.imageaudit.model.ApiResponse;
import io.imageaudit.model.TenantId;
import jakarta.servlet.http.HttpServletRequest;
import java.util.Locale;
import org.springframework.http.HttpMethod;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RestController;
import tools.jackson.databind.JsonNode;

/** {@code POST /v1/admin/tenants/{tenant}/webhook-secrets}: the secret passes through, once. */
@RestController
class WebhookSecretController {

  private static final PassedCall CREATE =
      PassedCall.order(HttpMethod.POST, "/webhook-secrets", 201);

  private final CallbackDesk desk;

  WebhookSecretController(CallbackDesk desk) {
    this.desk = desk;
  }

  @PostMapping(
      path = "/v1/admin/tenants/{tenant}/webhook-secrets",
      produces = MediaType.APPLICATION_JSON_VALUE)
  ResponseEntity<ApiResponse<JsonNode>> create(
      @PathVariable String tenant, HttpServletRequest request, Locale locale) {
    if (!TenantId.isValid(tenant)) {
      throw ProblemException.of(ProblemCode.NOT_FOUND);
    }
    JsonNode secret =
        desk.send(CREATE, CREATE.path(), null, new TenantId(tenant), Trace.of(request));
    return desk.answer(CREATE, secret, locale);
  }
}
