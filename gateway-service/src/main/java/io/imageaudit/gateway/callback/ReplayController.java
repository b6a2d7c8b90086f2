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

/** {@code /v1/replays}: many deliveries again. */
@RestController
@RequestMapping(path = "/v1/replays", produces = MediaType.APPLICATION_JSON_VALUE)
class ReplayController {

  private final CallbackDesk desk;

  ReplayController(CallbackDesk desk) {
    this.desk = desk;
  }

  @PostMapping(consumes = MediaType.APPLICATION_JSON_VALUE)
  ResponseEntity<ApiResponse<JsonNode>> replay(
      HttpServletRequest request, @AuthenticationPrincipal Caller caller, Locale locale) {
    return desk.pass(
        PassedCall.order(
            HttpMethod.POST, "/replays", 202, "from", "to", "endpoint_id", "missed", "dry_run"),
        request,
        caller,
        locale);
  }

  @GetMapping("/{replayId}")
  ResponseEntity<ApiResponse<JsonNode>> progress(
      @PathVariable String replayId,
      HttpServletRequest request,
      @AuthenticationPrincipal Caller caller,
      Locale locale) {
    return desk.pass(
        PassedCall.get("/replays/" + CallbackDesk.id(replayId)), request, caller, locale);
  }

  @PostMapping("/{replayId}/cancel")
  ResponseEntity<ApiResponse<JsonNode>> cancel(
      @PathVariable String replayId,
      HttpServletRequest request,
      @AuthenticationPrincipal Caller caller,
      Locale locale) {
    String path = "/replays/" + CallbackDesk.id(replayId) + "/cancel";
    return desk.pass(PassedCall.order(HttpMethod.POST, path, 200), request, caller, locale);
  }
}
