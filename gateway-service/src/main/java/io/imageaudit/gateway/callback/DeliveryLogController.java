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
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;
import tools.jackson.databind.JsonNode;

/** {@code /v1/deliveries}: what a tenant was told, and every try. */
@RestController
@RequestMapping(path = "/v1/deliveries", produces = MediaType.APPLICATION_JSON_VALUE)
class DeliveryLogController {

  private final CallbackDesk desk;

  DeliveryLogController(CallbackDesk desk) {
    this.desk = desk;
  }

  @GetMapping
  ResponseEntity<ApiResponse<JsonNode>> list(
      HttpServletRequest request, @AuthenticationPrincipal Caller caller, Locale locale) {
    return desk.pass(
        PassedCall.get(
            "/deliveries",
            "audit_id",
            "endpoint_id",
            "status",
            "http_status",
            "fault",
            "from",
            "to",
            "limit",
            "cursor"),
        request,
        caller,
        locale);
  }

  @GetMapping("/{deliveryId}")
  ResponseEntity<ApiResponse<JsonNode>> find(
      @PathVariable String deliveryId,
      HttpServletRequest request,
      @AuthenticationPrincipal Caller caller,
      Locale locale) {
    return desk.pass(
        PassedCall.get("/deliveries/" + CallbackDesk.id(deliveryId)), request, caller, locale);
  }

  @PostMapping("/{deliveryId}/resend")
  ResponseEntity<ApiResponse<JsonNode>> resend(
      @PathVariable String deliveryId,
      HttpServletRequest request,
      @AuthenticationPrincipal Caller caller,
      Locale locale) {
    return desk.pass(
        PassedCall.order(
            HttpMethod.POST, "/deliveries/" + CallbackDesk.id(deliveryId) + "/resend", 202),
        request,
        caller,
        locale);
  }
}
