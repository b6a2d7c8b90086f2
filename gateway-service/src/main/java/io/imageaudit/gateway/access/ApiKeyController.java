package io.imageaudit.gateway.access;

import io.imageaudit.gateway.body.FlatObject;
import io.imageaudit.gateway.problem.Answers;
import io.imageaudit.gateway.problem.Fault;
import io.imageaudit.gateway.problem.ProblemCode;
import io.imageaudit.gateway.problem.ProblemException;
import io.imageaudit.model.ApiResponse;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.time.Instant;
import java.time.InstantSource;
import java.time.OffsetDateTime;
import java.time.format.DateTimeParseException;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.http.CacheControl;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** {@code /v1/admin/tenants/{tenant}/api-keys}. */
@RestController
@RequestMapping(
    path = "/v1/admin/tenants/{tenant}/api-keys",
    produces = MediaType.APPLICATION_JSON_VALUE)
class ApiKeyController {

  private static final String SCOPES = "scopes";
  private static final String EXPIRES_AT = "expires_at";

  /** The years have four digits (RFC 3339, section 1). */
  private static final Instant LATEST = Instant.parse("9999-12-31T23:59:59Z");

  private final KeepTenants tenants;
  private final Answers answers;
  private final InstantSource clock;

  ApiKeyController(KeepTenants tenants, Answers answers, InstantSource clock) {
    this.tenants = tenants;
    this.answers = answers;
    this.clock = clock;
  }

  @PostMapping(consumes = MediaType.APPLICATION_JSON_VALUE)
  ResponseEntity<ApiResponse<ApiKeyView>> create(
      @PathVariable String tenant, HttpServletRequest request, Locale locale) throws IOException {
    FlatObject body = FlatObject.read(request.getInputStream(), Set.of(SCOPES, EXPIRES_AT));
    Set<Scope> scopes = scopes(body);
    Instant expiresAt = expiry(body);
    body.check();
    ApiKeyView made =
        tenants
            .createKey(tenant, scopes, expiresAt)
            .orElseThrow(() -> ProblemException.of(ProblemCode.NOT_FOUND));
    return ResponseEntity.status(HttpStatus.CREATED)
        .cacheControl(CacheControl.noStore())
        .body(answers.success("CREATED", made, locale));
  }

  @GetMapping
  ResponseEntity<ApiResponse<List<ApiKeyView>>> all(@PathVariable String tenant, Locale locale) {
    return ResponseEntity.ok()
        .cacheControl(CacheControl.noStore())
        .body(answers.success("OK", tenants.keysOf(tenant), locale));
  }

  @DeleteMapping("/{keyId}")
  ResponseEntity<ApiResponse<ApiKeyView>> revoke(
      @PathVariable String tenant, @PathVariable String keyId, Locale locale) {
    ApiKeyView revoked =
        tenants.revoke(tenant, keyId).orElseThrow(() -> ProblemException.of(ProblemCode.NOT_FOUND));
    return ResponseEntity.ok()
        .cacheControl(CacheControl.noStore())
        .body(answers.success("OK", revoked, locale));
  }

  private static Set<Scope> scopes(FlatObject body) {
    List<String> names = body.list(SCOPES);
    Set<Scope> scopes = EnumSet.noneOf(Scope.class);
    boolean valid = names != null && !names.isEmpty();
    for (String name : names == null ? List.<String>of() : names) {
      Optional<Scope> scope = Scope.of(name);
      valid &= scope.isPresent();
      scope.ifPresent(scopes::add);
    }
    if (!valid) {
      body.fault(Fault.of(SCOPES, SCOPES));
    }
    return scopes;
  }

  private @Nullable Instant expiry(FlatObject body) {
    String text = body.text(EXPIRES_AT);
    if (text == null) {
      return null;
    }
    try {
      Instant time = OffsetDateTime.parse(text).toInstant();
      if (time.isAfter(LATEST)) {
        body.fault(Fault.of(EXPIRES_AT, "not_time"));
      } else if (!time.isAfter(clock.instant())) {
        body.fault(Fault.of(EXPIRES_AT, "past"));
      }
      return time;
    } catch (DateTimeParseException _) {
      body.fault(Fault.of(EXPIRES_AT, "not_time"));
      return null;
    }
  }
}
