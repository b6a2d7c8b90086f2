package io.imageaudit.gateway.access;

import io.imageaudit.gateway.body.FlatObject;
import io.imageaudit.gateway.problem.Answers;
import io.imageaudit.gateway.problem.Fault;
import io.imageaudit.gateway.problem.ProblemCode;
import io.imageaudit.gateway.problem.ProblemException;
import io.imageaudit.model.ApiResponse;
import io.imageaudit.model.TenantId;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.util.List;
import java.util.Locale;
import java.util.Set;
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

/** {@code /v1/admin/tenants}. */
@RestController
@RequestMapping(path = "/v1/admin/tenants", produces = MediaType.APPLICATION_JSON_VALUE)
class TenantController {

  private final KeepTenants tenants;
  private final Answers answers;

  TenantController(KeepTenants tenants, Answers answers) {
    this.tenants = tenants;
    this.answers = answers;
  }

  @PostMapping(consumes = MediaType.APPLICATION_JSON_VALUE)
  ResponseEntity<ApiResponse<TenantView>> create(HttpServletRequest request, Locale locale)
      throws IOException {
    FlatObject body = FlatObject.read(request.getInputStream(), Set.of("tenant", "name"));
    String tenant = body.text("tenant");
    String name = body.text("name");
    if (tenant == null || !TenantId.isValid(tenant)) {
      body.fault(Fault.of("tenant", "tenant"));
    }
    if (name != null && !name.matches("[\\p{Graph}\\p{IsAlphabetic} ]{1,200}")) {
      body.fault(Fault.of("name", "name"));
    }
    body.check();
    TenantId id = new TenantId(String.valueOf(tenant));
    TenantView made =
        tenants
            .create(id, name == null ? id.value() : name)
            .orElseThrow(() -> ProblemException.of(ProblemCode.CONFLICT));
    return ResponseEntity.status(HttpStatus.CREATED)
        .cacheControl(CacheControl.noStore())
        .body(answers.success("CREATED", made, locale));
  }

  @GetMapping
  ResponseEntity<ApiResponse<List<TenantView>>> all(Locale locale) {
    return ok(answers.success("OK", tenants.all(), locale));
  }

  @GetMapping("/{tenant}")
  ResponseEntity<ApiResponse<TenantView>> one(@PathVariable String tenant, Locale locale) {
    TenantView found =
        tenants.find(tenant).orElseThrow(() -> ProblemException.of(ProblemCode.NOT_FOUND));
    return ok(answers.success("OK", found, locale));
  }

  @DeleteMapping("/{tenant}")
  ResponseEntity<ApiResponse<TenantView>> disable(@PathVariable String tenant, Locale locale) {
    TenantView found =
        tenants.disable(tenant).orElseThrow(() -> ProblemException.of(ProblemCode.NOT_FOUND));
    return ok(answers.success("OK", found, locale));
  }

  private static <T> ResponseEntity<ApiResponse<T>> ok(ApiResponse<T> answer) {
    return ResponseEntity.ok().cacheControl(CacheControl.noStore()).body(answer);
  }
}
