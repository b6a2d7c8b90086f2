package io.imageaudit.gateway.callback;

import io.imageaudit.gateway.access.Caller;
import io.imageaudit.model.ApiResponse;
import jakarta.servlet.http.HttpServletRequest;
import java.time.Duration;
import java.util.Locale;
import org.springframework.http.HttpMethod;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;
import tools.jackson.databind.JsonNode;

/** {@code /v1/endpoints}: who hears of a tenant's audits, and how. */
@RestController
@RequestMapping(path = "/v1/endpoints", produces = MediaType.APPLICATION_JSON_VALUE)
class EndpointController {

  /** Longer than a receiver may take to answer a probe. */
  private static final Duration PROBE = Duration.ofSeconds(35);

  private final CallbackDesk desk;

  EndpointController(CallbackDesk desk) {
    this.desk = desk;
  }

  @PostMapping(consumes = MediaType.APPLICATION_JSON_VALUE)
  ResponseEntity<ApiResponse<JsonNode>> subscribe(
      HttpServletRequest request, @AuthenticationPrincipal Caller caller, Locale locale) {
    return desk.pass(
        PassedCall.order(
            HttpMethod.POST,
            "/endpoints",
            201,
            "url",
            "event_types",
            "verdicts",
            "form",
            "ed25519",
            "checksum_uid"),
        request,
        caller,
        locale);
  }

  @GetMapping
  ResponseEntity<ApiResponse<JsonNode>> list(
      HttpServletRequest request, @AuthenticationPrincipal Caller caller, Locale locale) {
    return desk.pass(PassedCall.get("/endpoints", "after"), request, caller, locale);
  }

  @GetMapping("/{endpointId}")
  ResponseEntity<ApiResponse<JsonNode>> find(
      @PathVariable String endpointId,
      HttpServletRequest request,
      @AuthenticationPrincipal Caller caller,
      Locale locale) {
    return desk.pass(PassedCall.get(path(endpointId)), request, caller, locale);
  }

  @DeleteMapping("/{endpointId}")
  ResponseEntity<ApiResponse<JsonNode>> unsubscribe(
      @PathVariable String endpointId,
      HttpServletRequest request,
      @AuthenticationPrincipal Caller caller,
      Locale locale) {
    return desk.pass(
        PassedCall.order(HttpMethod.DELETE, path(endpointId), 200), request, caller, locale);
  }

  @PostMapping("/{endpointId}/enable")
  ResponseEntity<ApiResponse<JsonNode>> enable(
      @PathVariable String endpointId,
      HttpServletRequest request,
      @AuthenticationPrincipal Caller caller,
      Locale locale) {
    return desk.pass(post(endpointId, "/enable"), request, caller, locale);
  }

  @PostMapping("/{endpointId}/disable")
  ResponseEntity<ApiResponse<JsonNode>> disable(
      @PathVariable String endpointId,
      HttpServletRequest request,
      @AuthenticationPrincipal Caller caller,
      Locale locale) {
    return desk.pass(post(endpointId, "/disable"), request, caller, locale);
  }

  @PostMapping("/{endpointId}/test")
  ResponseEntity<ApiResponse<JsonNode>> test(
      @PathVariable String endpointId,
      HttpServletRequest request,
      @AuthenticationPrincipal Caller caller,
      Locale locale) {
    return desk.pass(post(endpointId, "/test").within(PROBE), request, caller, locale);
  }

  @PostMapping("/{endpointId}/verify")
  ResponseEntity<ApiResponse<JsonNode>> verify(
      @PathVariable String endpointId,
      HttpServletRequest request,
      @AuthenticationPrincipal Caller caller,
      Locale locale) {
    return desk.pass(post(endpointId, "/verify").within(PROBE), request, caller, locale);
  }

  @PutMapping(path = "/{endpointId}/rate", consumes = MediaType.APPLICATION_JSON_VALUE)
  ResponseEntity<ApiResponse<JsonNode>> limit(
      @PathVariable String endpointId,
      HttpServletRequest request,
      @AuthenticationPrincipal Caller caller,
      Locale locale) {
    return desk.pass(
        PassedCall.order(HttpMethod.PUT, path(endpointId) + "/rate", 200, "per_second"),
        request,
        caller,
        locale);
  }

  private static PassedCall post(String endpointId, String what) {
    return PassedCall.order(HttpMethod.POST, path(endpointId) + what, 200);
  }

  private static String path(String endpointId) {
    return "/endpoints/" + CallbackDesk.id(endpointId);
  }
}
