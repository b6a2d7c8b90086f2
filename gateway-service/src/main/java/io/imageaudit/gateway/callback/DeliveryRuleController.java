package io.imageaudit.gateway.callback;

import io.imageaudit.gateway.access.Caller;
import io.imageaudit.model.ApiResponse;
import jakarta.servlet.http.HttpServletRequest;
import java.util.Locale;
import org.springframework.http.HttpMethod;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;
import tools.jackson.databind.JsonNode;

/** {@code /v1/delivery-rules}: when a tenant's callbacks are tried, and which receivers count. */
@RestController
@RequestMapping(path = "/v1/delivery-rules", produces = MediaType.APPLICATION_JSON_VALUE)
class DeliveryRuleController {

  private static final String PATH = "/delivery-rules";

  private final CallbackDesk desk;

  DeliveryRuleController(CallbackDesk desk) {
    this.desk = desk;
  }

  @GetMapping
  ResponseEntity<ApiResponse<JsonNode>> find(
      HttpServletRequest request, @AuthenticationPrincipal Caller caller, Locale locale) {
    return desk.pass(PassedCall.get(PATH), request, caller, locale);
  }

  @PutMapping(consumes = MediaType.APPLICATION_JSON_VALUE)
  ResponseEntity<ApiResponse<JsonNode>> set(
      HttpServletRequest request, @AuthenticationPrincipal Caller caller, Locale locale) {
    return desk.pass(
        PassedCall.order(HttpMethod.PUT, PATH, 200, "retry_seconds", "verify_endpoints"),
        request,
        caller,
        locale);
  }
}
