package io.imageaudit.gateway.callback;

import io.imageaudit.gateway.access.Caller;
import io.imageaudit.model.ApiResponse;
import jakarta.servlet.http.HttpServletRequest;
import java.util.Locale;
import org.springframework.http.HttpMethod;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;
import tools.jackson.databind.JsonNode;

/** {@code /v1/webhook-secrets}: a tenant rotates its own secrets, sees which sign, ends them. */
@RestController
@RequestMapping(path = "/v1/webhook-secrets", produces = MediaType.APPLICATION_JSON_VALUE)
class SecretController {

  private final CallbackDesk desk;

  SecretController(CallbackDesk desk) {
    this.desk = desk;
  }

  @PostMapping(consumes = MediaType.APPLICATION_JSON_VALUE)
  ResponseEntity<ApiResponse<JsonNode>> rotate(
      HttpServletRequest request, @AuthenticationPrincipal Caller caller, Locale locale) {
    return desk.pass(
        PassedCall.order(
            HttpMethod.POST,
            "/webhook-secrets",
            201,
            "kind",
            "endpoint_id",
            "secret",
            "grace_seconds"),
        request,
        caller,
        locale);
  }

  @GetMapping
  ResponseEntity<ApiResponse<JsonNode>> list(
      HttpServletRequest request, @AuthenticationPrincipal Caller caller, Locale locale) {
    return desk.pass(PassedCall.get("/webhook-secrets"), request, caller, locale);
  }

  @DeleteMapping("/{secretId}")
  ResponseEntity<ApiResponse<JsonNode>> end(
      @PathVariable String secretId,
      HttpServletRequest request,
      @AuthenticationPrincipal Caller caller,
      Locale locale) {
    String path = "/webhook-secrets/" + CallbackDesk.id(secretId);
    return desk.pass(PassedCall.order(HttpMethod.DELETE, path, 200), request, caller, locale);
  }
}
