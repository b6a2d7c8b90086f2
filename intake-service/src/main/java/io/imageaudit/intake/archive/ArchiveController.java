package io.imageaudit.intake.archive;

import io.imageaudit.intake.archive.ArchivedImages.Address;
import io.imageaudit.intake.store.ImageStore;
import io.imageaudit.model.ApiResponse;
import io.imageaudit.model.ContentDigest;
import io.imageaudit.model.TenantId;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.springframework.core.io.ByteArrayResource;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** {@code /internal/v1/tenants/{tenant}/images/{sha256}}: what is kept of one image. */
@RestController
@RequestMapping("/internal/v1/tenants/{tenant}/images/{sha256}")
class ArchiveController {

  private final ArchivedImages images;
  private final EraseImages erasure;
  private final ImageStore store;

  ArchiveController(ArchivedImages images, EraseImages erasure, ImageStore store) {
    this.images = images;
    this.erasure = erasure;
    this.store = store;
  }

  @GetMapping
  ResponseEntity<ApiResponse<ArchivedImage>> image(
      @PathVariable String tenant, @PathVariable String sha256) {
    return images
        .find(address(tenant, sha256))
        .map(image -> ResponseEntity.ok(ApiResponse.success("OK", "The image.", image)))
        .orElseGet(ArchiveController::notFound);
  }

  @GetMapping("/preview")
  ResponseEntity<?> preview(@PathVariable String tenant, @PathVariable String sha256)
      throws IOException {
    Address address = address(tenant, sha256);
    Optional<byte[]> preview = store.findPreview(address.tenant(), address.sha256());
    if (preview.isEmpty()) {
      return notFound();
    }
    return ResponseEntity.ok()
        .contentType(MediaType.IMAGE_JPEG)
        .header("X-Content-Type-Options", "nosniff")
        .header("Content-Security-Policy", "default-src 'none'; sandbox")
        .body(new ByteArrayResource(preview.get()));
  }

  @DeleteMapping
  ResponseEntity<ApiResponse<Map<String, Object>>> erase(
      @PathVariable String tenant, @PathVariable String sha256) {
    Address address = address(tenant, sha256);
    if (!erasure.erase(address)) {
      return notFound();
    }
    return ResponseEntity.ok(
        ApiResponse.success(
            "ERASED",
            "The bytes and the preview are erased; the digest is kept.",
            Map.of("sha256", address.sha256(), "erased", true)));
  }

  @ExceptionHandler
  ResponseEntity<ApiResponse<Object>> malformed(IllegalArgumentException fault) {
    return ResponseEntity.badRequest()
        .body(
            ApiResponse.failure(
                "VALIDATION_ERROR",
                "The address is not one of an image.",
                List.of(String.valueOf(fault.getMessage()))));
  }

  private static Address address(String tenant, String sha256) {
    return new Address(new TenantId(tenant), new ContentDigest(sha256));
  }

  private static <T> ResponseEntity<ApiResponse<T>> notFound() {
    return ResponseEntity.status(HttpStatus.NOT_FOUND)
        .body(ApiResponse.failure("NOT_FOUND", "There is no such image.", List.of()));
  }
}
