package io.imageaudit.notification.access;

import io.imageaudit.model.ApiResponse;
import java.util.List;
import org.springframework.dao.DataAccessResourceFailureException;
import org.springframework.dao.DataIntegrityViolationException;
import org.springframework.dao.OptimisticLockingFailureException;
import org.springframework.dao.TransientDataAccessException;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.http.converter.HttpMessageNotReadableException;
import org.springframework.transaction.TransactionException;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestControllerAdvice;
import org.springframework.web.method.annotation.MethodArgumentTypeMismatchException;

/** Puts faults of the internal API into the envelope. */
@RestControllerAdvice
class ProblemAdvice {

  @ExceptionHandler
  @ResponseStatus(HttpStatus.BAD_REQUEST)
  ApiResponse<Void> malformed(MethodArgumentTypeMismatchException fault) {
    return ApiResponse.failure(
        "VALIDATION_ERROR",
        "The request is not valid.",
        List.of(fault.getName() + ": has a wrong form"));
  }

  @ExceptionHandler
  @ResponseStatus(HttpStatus.BAD_REQUEST)
  ApiResponse<Void> unreadable(HttpMessageNotReadableException fault) {
    return ApiResponse.failure("MALFORMED_JSON", "The body cannot be read.", List.of());
  }

  @ExceptionHandler({
    DataIntegrityViolationException.class,
    OptimisticLockingFailureException.class
  })
  @ResponseStatus(HttpStatus.CONFLICT)
  ApiResponse<Void> contended() {
    return ApiResponse.failure(
        "CONFLICT", "Somebody else changed this at the same moment. Try again.", List.of());
  }

  @ExceptionHandler
  ResponseEntity<ApiResponse<Void>> overloaded(OverloadedException fault) {
    return later(fault.code(), String.valueOf(fault.getMessage()));
  }

  /** Locks that are not had, a database that is away: it passes. */
  @ExceptionHandler({
    TransientDataAccessException.class,
    DataAccessResourceFailureException.class,
    TransactionException.class
  })
  ResponseEntity<ApiResponse<Void>> unavailable() {
    return later("UNAVAILABLE", "This cannot be done at the moment. Try again.");
  }

  private static ResponseEntity<ApiResponse<Void>> later(String code, String message) {
    return ResponseEntity.status(HttpStatus.SERVICE_UNAVAILABLE)
        .header(HttpHeaders.RETRY_AFTER, "2")
        .body(ApiResponse.failure(code, message, List.of()));
  }

  @ExceptionHandler
  @ResponseStatus(HttpStatus.BAD_REQUEST)
  ApiResponse<Void> invalid(InvalidRequestException fault) {
    return ApiResponse.failure("VALIDATION_ERROR", "The request is not valid.", fault.faults());
  }

  @ExceptionHandler
  @ResponseStatus(HttpStatus.NOT_FOUND)
  ApiResponse<Void> notFound(NotFoundException fault) {
    return ApiResponse.failure(
        "NOT_FOUND", "There is no such " + fault.getMessage() + ".", List.of());
  }

  @ExceptionHandler
  @ResponseStatus(HttpStatus.CONFLICT)
  ApiResponse<Void> conflict(ConflictException fault) {
    return ApiResponse.failure(fault.code(), String.valueOf(fault.getMessage()), List.of());
  }
}
