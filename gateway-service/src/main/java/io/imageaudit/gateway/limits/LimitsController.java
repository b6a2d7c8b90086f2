package io.imageaudit.gateway.limits;

import io.imageaudit.gateway.problem.Answers;
import io.imageaudit.model.ApiResponse;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.springframework.http.CacheControl;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

/** {@code GET /v1/limits}. */
@RestController
class LimitsController {

  private final List<Limits> limits;
  private final Answers answers;

  LimitsController(List<Limits> limits, Answers answers) {
    this.limits = limits;
    this.answers = answers;
  }

  @GetMapping(path = "/v1/limits", produces = MediaType.APPLICATION_JSON_VALUE)
  ResponseEntity<ApiResponse<Map<String, Object>>> limits(Locale locale) {
    Map<String, Object> all = new TreeMap<>();
    limits.forEach(some -> all.putAll(some.inForce()));
    return ResponseEntity.ok()
        .cacheControl(CacheControl.noStore())
        .body(answers.success("OK", all, locale));
  }
}
