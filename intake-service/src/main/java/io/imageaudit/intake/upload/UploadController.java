package io.imageaudit.intake.upload;

import io.imageaudit.intake.store.ContentTooLargeException;
import io.imageaudit.model.ApiResponse;
import io.imageaudit.model.TenantId;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessException;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.transaction.TransactionException;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RestController;

/** {@code POST /internal/v1/tenants/{tenant}/images}: raw bytes in, their address out. */
@RestController
class UploadController {

  private static final Logger LOG = LoggerFactory.getLogger(UploadController.class);

  private final ReceiveUpload uploads;

  UploadController(ReceiveUpload uploads) {
    this.uploads = uploads;
  }

  @PostMapping(
      path = "/internal/v1/tenants/{tenant}/images",
      consumes = MediaType.APPLICATION_OCTET_STREAM_VALUE)
  ResponseEntity<ApiResponse<ReceivedUpload>> upload(
      @PathVariable String tenant, HttpServletRequest request) throws IOException {
    if (!TenantId.isValid(tenant)) {
      return failure(
          HttpStatus.BAD_REQUEST, "VALIDATION_ERROR", "tenant: (expected: [a-z0-9-]{3,40})");
    }
    if (request.getContentLengthLong() > uploads.limit()) {
      return tooLarge();
    }
    ReceivedUpload received = uploads.receive(new TenantId(tenant), request.getInputStream());
    if (received.bytes() == 0) {
      return failure(HttpStatus.BAD_REQUEST, "VALIDATION_ERROR", "image: (expected: some bytes)");
    }
    return ResponseEntity.status(HttpStatus.CREATED)
        .body(ApiResponse.success("STORED", "The bytes are stored.", received));
  }

  @ExceptionHandler
  ResponseEntity<ApiResponse<ReceivedUpload>> tooLarge(ContentTooLargeException tooLarge) {
    LOG.info("An upload was refused: {}.", tooLarge.getMessage());
    return tooLarge();
  }

  @ExceptionHandler({IOException.class, DataAccessException.class, TransactionException.class})
  ResponseEntity<ApiResponse<ReceivedUpload>> unavailable(Exception fault) {
    LOG.warn("An upload was not stored; the caller may send it again.", fault);
    return ResponseEntity.status(HttpStatus.SERVICE_UNAVAILABLE)
        .header(HttpHeaders.RETRY_AFTER, "1")
        .body(ApiResponse.failure("UNAVAILABLE", "The upload was not stored.", List.of()));
  }

  private ResponseEntity<ApiResponse<ReceivedUpload>> tooLarge() {
    return failure(
        HttpStatus.CONTENT_TOO_LARGE,
        "PAYLOAD_TOO_LARGE",
        "image: (expected: at most " + uploads.limit() + " bytes)");
  }

  private static ResponseEntity<ApiResponse<ReceivedUpload>> failure(
      HttpStatus status, String code, String error) {
    return ResponseEntity.status(status)
        .body(ApiResponse.failure(code, "The upload was refused.", List.of(error)));
  }
}
