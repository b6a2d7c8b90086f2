package io.imageaudit.gateway.image;

import io.imageaudit.gateway.access.Caller;
import io.imageaudit.gateway.internal.IntakeSettings;
import io.imageaudit.gateway.internal.InternalCalls;
import io.imageaudit.gateway.overload.Admission;
import io.imageaudit.gateway.problem.Answers;
import io.imageaudit.gateway.problem.ProblemCode;
import io.imageaudit.gateway.problem.ProblemException;
import io.imageaudit.gateway.trace.Trace;
import io.imageaudit.model.ApiResponse;
import io.imageaudit.model.AuditId;
import io.imageaudit.model.ContentDigest;
import io.imageaudit.model.TenantId;
import jakarta.servlet.http.HttpServletRequest;
import java.net.URI;
import java.time.Duration;
import java.util.Locale;
import org.springframework.http.CacheControl;
import org.springframework.http.HttpMethod;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RestController;
import tools.jackson.databind.JsonNode;

/** {@code DELETE /v1/audits/{audit_id}/image}: the bytes go, the verdict and its evidence stay. */
@RestController
class ImageController {

  private static final Duration LIMIT = Duration.ofSeconds(10);

  private final AuditedImages images;
  private final InternalCalls calls;
  private final IntakeSettings intake;
  private final Admission admission;
  private final Answers answers;

  ImageController(
      AuditedImages images,
      InternalCalls calls,
      IntakeSettings intake,
      Admission admission,
      Answers answers) {
    this.images = images;
    this.calls = calls;
    this.intake = intake;
    this.admission = admission;
    this.answers = answers;
  }

  @DeleteMapping(path = "/v1/audits/{auditId}/image", produces = MediaType.APPLICATION_JSON_VALUE)
  ResponseEntity<ApiResponse<JsonNode>> erase(
      @PathVariable String auditId,
      HttpServletRequest request,
      @AuthenticationPrincipal Caller caller,
      Locale locale) {
    ContentDigest digest = digest(caller.tenant(), auditId);
    URI address =
        URI.create(
            intake.url() + "/internal/v1/tenants/" + caller.tenant() + "/images/" + digest.hex());
    JsonNode erased = calls.call(HttpMethod.DELETE, address, null, LIMIT, Trace.of(request)).data();
    return ResponseEntity.ok()
        .cacheControl(CacheControl.noStore())
        .body(answers.success("OK", erased, locale));
  }

  private ContentDigest digest(TenantId tenant, String auditId) {
    AuditedImages.AuditedImage image =
        AuditId.parse(auditId)
            .flatMap(id -> admission.within(() -> images.find(tenant, id)))
            .orElseThrow(() -> ProblemException.of(ProblemCode.NOT_FOUND));
    if (image.needed()) {
      throw ProblemException.of(ProblemCode.CONFLICT);
    }
    if (image.digest() == null) {
      throw ProblemException.of(ProblemCode.NOT_FOUND);
    }
    return image.digest();
  }
}
