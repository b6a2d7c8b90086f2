package io.imageaudit.gateway.callback;

import io.imageaudit.gateway.access.Caller;
import io.imageaudit.model.ApiResponse;
import jakarta.servlet.http.HttpServletRequest;
import java.util.Locale;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;
import tools.jackson.databind.JsonNode;

/** {@code GET /v1/webhook-keys}: what verifies the signatures {@code v1a}. */
@RestController
@RequestMapping(path = "/v1/webhook-keys", produces = MediaType.APPLICATION_JSON_VALUE)
class WebhookKeyController {

  private final CallbackDesk desk;

  WebhookKeyController(CallbackDesk desk) {
    this.desk = desk;
  }

  @GetMapping
  ResponseEntity<ApiResponse<JsonNode>> keys(
      HttpServletRequest request, @AuthenticationPrincipal Caller caller, Locale locale) {
    return desk.pass(PassedCall.get("/webhook-keys"), request, caller, locale);
  }
}
