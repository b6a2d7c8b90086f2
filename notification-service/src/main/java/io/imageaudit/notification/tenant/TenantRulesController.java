package io.imageaudit.notification.tenant;

import io.imageaudit.model.ApiResponse;
import io.imageaudit.model.TenantId;
import io.imageaudit.notification.access.InvalidRequestException;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** Lets the gateway see and set a tenant's rules. */
@RestController
@RequestMapping("/internal/v1/tenants/{tenant}/delivery-rules")
class TenantRulesController {

  private final TenantRulebook rulebook;

  TenantRulesController(TenantRulebook rulebook) {
    this.rulebook = rulebook;
  }

  /**
   * A tenant's rules.
   *
   * @param retrySeconds pause before each attempt, the first included, in seconds, each 0..604800;
   *     1 to 20 of them; null for the schedule of the service
   * @param verifyEndpoints whether subscribed receivers must answer a challenge first; null for
   *     what holds in the service
   */
  record Rules(@Nullable List<Long> retrySeconds, @Nullable Boolean verifyEndpoints) {

    static Rules of(TenantRules rules) {
      List<Duration> pauses = rules.retrySchedule();
      return new Rules(
          pauses == null ? null : pauses.stream().map(Duration::toSeconds).toList(),
          rules.verifyEndpoints());
    }

    TenantRules rules() {
      try {
        return new TenantRules(
            retrySeconds == null ? null : retrySeconds.stream().map(Duration::ofSeconds).toList(),
            verifyEndpoints);
      } catch (IllegalArgumentException | NullPointerException _) {
        throw new InvalidRequestException(
            List.of("retry_seconds: must be 1 to 20 pauses, each 0 to 604800"));
      }
    }
  }

  @GetMapping
  ApiResponse<Rules> find(@PathVariable TenantId tenant) {
    return ApiResponse.success("OK", "Done.", Rules.of(rulebook.inForce(tenant)));
  }

  /** Sets all of them. */
  @PutMapping
  ApiResponse<Rules> set(@PathVariable TenantId tenant, @RequestBody Rules body) {
    rulebook.set(tenant, body.rules());
    return find(tenant);
  }
}
